package org.plastic4j.training.optimizer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** ND4J's Adam for named parameters, in place and without allocating anything of their size. */
public final class AdamOptimizer implements Optimizer {
    /** The end of the name of a moment: the mean of the gradients. */
    public static final String MEAN = ".m";
    /** The mean of their squares. */
    public static final String SQUARE = ".v";

    private final AdamSettings settings;
    private final Map<String, INDArray> parameters;
    private final Map<String, GradientUpdater<?>> updaters = new LinkedHashMap<>();
    private final Map<String, INDArray> moments = new LinkedHashMap<>();
    private int step;

    /**
     * @param settings the settings
     * @param batch how many lifetimes make an update
     * @param parameters the arrays to train
     */
    public AdamOptimizer(AdamSettings settings, int batch, Map<String, INDArray> parameters) {
        this.settings = settings;
        this.parameters = parameters;
        Adam adam = adam(settings, batch);
        parameters.forEach((name, parameter) -> {
            INDArray mean = Nd4j.zeros(parameter.dataType(), parameter.shape());
            INDArray square = Nd4j.zeros(parameter.dataType(), parameter.shape());
            moments.put(name + MEAN, mean);
            moments.put(name + SQUARE, square);
            updaters.put(name, adam.instantiate(Map.of(AdamUpdater.M_STATE, mean, AdamUpdater.V_STATE, square), false));
        });
    }

    /**
     * ND4J's settings.
     *
     * @param settings ours
     * @param batch how many lifetimes make an update
     * @return the same, with the learning rate's fall by updates
     */
    public static Adam adam(AdamSettings settings, int batch) {
        Adam adam = new Adam(settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon());
        settings.decay()
                .ifPresent(decay -> adam.setLearningRateSchedule(new StepSchedule(
                        ScheduleType.ITERATION,
                        settings.learningRate(),
                        decay.factor(),
                        (double) decay.every() / batch)));
        return adam;
    }

    @Override
    public void update(Map<String, INDArray> gradients) {
        parameters.forEach((name, parameter) -> requireGradient(name, parameter, gradients.get(name)));
        double scale =
                settings.clipNorm().map(largest -> scale(gradients, largest)).orElse(1.0);
        parameters.forEach((name, parameter) -> {
            INDArray gradient = gradients.get(name);
            if (scale < 1) {
                gradient.muli(scale);
            }
            updaters.get(name).applyUpdater(gradient, step, 0);
            parameter.subi(gradient);
        });
        step++;
    }

    /**
     * @throws IllegalArgumentException if there is no gradient, or one of another shape
     */
    public static void requireGradient(String name, INDArray parameter, INDArray gradient) {
        if (gradient == null || !gradient.equalShapes(parameter)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: expected a gradient of shape %s, found %s",
                    name,
                    parameter.shapeInfoToString(),
                    gradient == null ? "none" : gradient.shapeInfoToString()));
        }
    }

    private double scale(Map<String, INDArray> gradients, double largest) {
        double squares = 0;
        for (String name : parameters.keySet()) {
            squares += squares(gradients.get(name));
        }
        return largest / Math.max(largest, Math.sqrt(squares));
    }

    /** One after the other and not by ND4J's norm, whose last bits depend on the number of threads. */
    private static double squares(INDArray gradient) {
        DataBuffer data = (gradient.isView() ? gradient.dup() : gradient).data();
        double squares = 0;
        for (long i = 0; i < data.length(); i++) {
            double value = data.getDouble(i);
            squares += value * value;
        }
        return squares;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public Map<String, INDArray> moments() {
        return moments;
    }

    @Override
    public void restore(int step, Map<String, INDArray> saved) {
        moments.forEach((name, moment) -> requireGradient(name, moment, saved.get(name)));
        moments.forEach((name, moment) -> moment.assign(saved.get(name)));
        this.step = step;
    }
}
