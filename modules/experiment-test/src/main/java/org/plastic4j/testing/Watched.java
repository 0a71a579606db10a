package org.plastic4j.testing;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * An experiment of which every batch is seen on its way to the network.
 *
 * @param real the experiment
 * @param trained sees the batches of training steps
 * @param evaluated sees the batches of evaluations
 */
record Watched<C extends Record & ExperimentConfig>(
        Experiment<C> real, Consumer<MultiDataSet> trained, Consumer<MultiDataSet> evaluated) implements Experiment<C> {
    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Class<C> configType() {
        return real.configType();
    }

    @Override
    public String defaultsResource() {
        return real.defaultsResource();
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return real.primaryMetric();
    }

    @Override
    public LifetimeStream heldOut(C config, Split split) {
        return real.heldOut(config, split);
    }

    @Override
    public Set<String> evaluationSettings() {
        return real.evaluationSettings();
    }

    @Override
    public Session open(C config, Context context) {
        Session session = real.open(config, context);
        return new Session(
                session.title(),
                new Network(session.trainable()),
                session.lifetimes(),
                session.figures(),
                session.structure(),
                session.data());
    }

    private final class Network implements Trainable {
        private final Trainable network;

        Network(Trainable network) {
            this.network = network;
        }

        @Override
        public LinkedHashMap<String, INDArray> parameters() {
            return network.parameters();
        }

        @Override
        public Optimizer optimizer(AdamSettings settings, int batch) {
            return network.optimizer(settings, batch);
        }

        @Override
        public StepResult step(MultiDataSet lifetimes) {
            trained.accept(lifetimes);
            return network.step(lifetimes);
        }

        @Override
        public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
            evaluated.accept(lifetimes);
            return network.evaluate(lifetimes);
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
