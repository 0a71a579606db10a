package org.plastic4j.training.trainer;

/** What every experiment's configuration has; besides these a configuration holds what it likes. */
public interface ExperimentConfig {
    /** @return the run's seed, from which all randomness comes; {@code --seed} sets it */
    long seed();

    /** @return how to train */
    TrainingSettings training();
}
