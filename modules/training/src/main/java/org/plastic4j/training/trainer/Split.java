package org.plastic4j.training.trainer;

import org.plastic4j.training.Seeds;

/** Which held-out lifetimes a network is evaluated on; the same ones for every run, whatever its seed. */
public enum Split {
    /** To choose by: settings, a checkpoint. */
    VALIDATION,
    /** To report. */
    TEST;

    /** @return the seed of this split's lifetimes: the evaluation stream of run seed 0 for test, of 1 for validation */
    public long seed() {
        return new Seeds(this == TEST ? 0 : 1).of(Seeds.Stream.EVALUATION);
    }
}
