package org.plastic4j.testing;

import java.util.LinkedHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.experiment.train.Context;
import org.plastic4j.experiment.train.Experiment;
import org.plastic4j.experiment.train.ExperimentConfig;
import org.plastic4j.experiment.train.Interrupt;
import org.plastic4j.experiment.train.MainMeasure;
import org.plastic4j.experiment.train.Session;
import org.plastic4j.experiment.train.StepResult;
import org.plastic4j.experiment.train.Trainable;

/** An experiment that is interrupted while it is in one of its updates. */
final class Interrupted<C extends Record & ExperimentConfig> implements Experiment<C> {
    private final int update;
    private final Experiment<C> real;
    private final Interrupt interrupt;

    private Interrupted(int update, Experiment<C> real, Interrupt interrupt) {
        this.update = update;
        this.real = real;
        this.interrupt = interrupt;
    }

    /** From 1 on. */
    static <C extends Record & ExperimentConfig> Experiment<C> at(int update, Experiment<C> real, Interrupt interrupt) {
        return new Interrupted<>(update, real, interrupt);
    }

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
    public MainMeasure mainMeasure() {
        return real.mainMeasure();
    }

    @Override
    public Session open(C config, Context context) {
        Session session = real.open(config, context);
        return new Session(
                session.title(),
                new Counting(session.trainable()),
                session.lifetimes(),
                session.exhibits(),
                session.structure(),
                session.data());
    }

    private final class Counting implements Trainable {
        private final Trainable network;
        private int updates;

        Counting(Trainable network) {
            this.network = network;
        }

        @Override
        public LinkedHashMap<String, INDArray> parameters() {
            return network.parameters();
        }

        @Override
        public StepResult step(MultiDataSet lifetimes) {
            if (++updates == update) {
                interrupt.request();
            }
            return network.step(lifetimes);
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
