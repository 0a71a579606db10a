package org.plastic4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;
import org.plastic4j.training.trainer.TrainingSettings;

/** The smallest experiment: parameters that should become zero, on a slope that each lifetime changes a little. */
public class Quadratic implements Experiment<Quadratic.Config> {
    /** Its own settings. */
    public record Task(double start) {
        /** Checks the settings. */
        public Task {
            Require.positive("start", start);
        }
    }

    /** All settings. */
    public record Config(long seed, Task task, TrainingSettings training) implements ExperimentConfig {}

    public static final PrimaryMetric ERROR =
            new PrimaryMetric("error", "mean square", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);

    private final LongConsumer onStep;
    private final LongConsumer onOpen;
    private long poisonedStep = -1;

    public Quadratic(LongConsumer onStep) {
        this(onStep, seed -> {});
    }

    public Quadratic(LongConsumer onStep, LongConsumer onOpen) {
        this.onStep = onStep;
        this.onOpen = onOpen;
    }

    public Quadratic() {
        this(step -> {});
    }

    /** Makes the gradient of w NaN in one step. */
    public Quadratic poisoned(long step) {
        poisonedStep = step;
        return this;
    }

    @Override
    public String name() {
        return "quadratic";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "quadratic/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return ERROR;
    }

    @Override
    public Session open(Config config, Context context) {
        onOpen.accept(config.seed());
        return new Session(
                "A quadratic",
                new Net(config.task().start()),
                new Stream(
                        context.seeds().of(Seeds.Stream.DATA), config.training().batch()));
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        return new Stream(split.seed(), 1);
    }

    @Override
    public java.util.Optional<String> reproductionResource() {
        return java.util.Optional.of("quadratic/reproduction.yaml");
    }

    private final class Net implements Trainable {
        private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
        private long step;

        Net(double start) {
            parameters.put("w", Nd4j.valueArrayOf(new long[] {3, 5}, (float) start, DataType.FLOAT));
            parameters.put("eta", Nd4j.scalar((float) start));
        }

        @Override
        public LinkedHashMap<String, INDArray> parameters() {
            return parameters;
        }

        @Override
        public StepResult step(org.nd4j.linalg.dataset.api.MultiDataSet lifetimes) {
            step++;
            onStep.accept(step);
            Map<String, INDArray> gradients = new LinkedHashMap<>();
            double slope = 2 + lifetimes.getFeatures(0).meanNumber().doubleValue();
            parameters.forEach((name, parameter) -> gradients.put(name, parameter.mul(slope)));
            double loss = parameters.get("w").norm2Number().doubleValue();
            if (step == poisonedStep) {
                gradients.get("w").putScalar(1, 2, Double.NaN);
            }
            LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
            measures.put("eta", parameters.get("eta").getDouble(0));
            measures.put(
                    "error",
                    parameters.get("w").mul(parameters.get("w")).meanNumber().doubleValue());
            return new StepResult(loss, gradients, measures);
        }

        @Override
        public LinkedHashMap<String, Double> evaluate(org.nd4j.linalg.dataset.api.MultiDataSet lifetimes) {
            LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
            measures.put(
                    "error",
                    parameters.get("eta").getDouble(0)
                            + lifetimes.getFeatures(0).getDouble(0));
            return measures;
        }
    }

    /** A lifetime is one random number. */
    private static final class Stream extends LifetimeStream {
        private static final long serialVersionUID = 1;

        Stream(long seed, int batch) {
            super(seed, batch);
        }

        @Override
        protected MultiDataSet lifetimes(long first, int count) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = randomOf(first + i).nextFloat() - 0.5f;
            }
            return new MultiDataSet(Nd4j.createFromArray(numbers).reshape(count, 1), Nd4j.zeros(count, 1));
        }
    }
}
