package org.plastic4j.training.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;

/** The smallest training: parameters that should become zero, on a slope that each lifetime changes a little. */
final class Quadratic {
    static final PrimaryMetric ERROR =
            new PrimaryMetric("error", "mean square", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);

    private final LongConsumer onStep;
    private long poisonedStep = -1;
    private double poison;
    private boolean poisonsLoss;

    Quadratic(LongConsumer onStep) {
        this.onStep = onStep;
    }

    Quadratic() {
        this(step -> {});
    }

    /** Makes one element of the gradient of w, or the loss, something else. */
    Quadratic poisoned(long step, double value, boolean loss) {
        poisonedStep = step;
        poison = value;
        poisonsLoss = loss;
        return this;
    }

    Session session(int batch) {
        return new Session("A quadratic", new Net(), new Stream(7, batch));
    }

    private final class Net implements Trainable {
        private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
        private long step;

        Net() {
            parameters.put("w", Nd4j.valueArrayOf(new long[] {3, 5}, 1f, DataType.FLOAT));
            parameters.put("eta", Nd4j.scalar(1f));
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
            if (step == poisonedStep && poisonsLoss) {
                loss = poison;
            } else if (step == poisonedStep) {
                gradients.get("w").putScalar(1, 2, poison);
            }
            LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
            measures.put("eta", parameters.get("eta").getDouble(0));
            measures.put(
                    "error",
                    parameters.get("w").mul(parameters.get("w")).meanNumber().doubleValue());
            return new StepResult(loss, gradients, measures);
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
