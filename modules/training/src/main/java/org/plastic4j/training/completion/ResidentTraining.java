package org.plastic4j.training.completion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.AcceleratedCompletion;
import org.plastic4j.devicetraining.ResidentCompletion;
import org.plastic4j.devicetraining.ResidentCompletion.Part;
import org.plastic4j.training.optimizer.AdamOptimizer;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;

/**
 * A completion network's training on an accelerator: parameters, gradients and moments stay there, and come here when
 * somebody looks at them.
 */
final class ResidentTraining implements AutoCloseable {
    private final AcceleratedCompletion device;
    private final Map<String, INDArray> parameters;
    private Map<String, Double> squaredNorms = Map.of();
    private boolean isAhead;

    /** @param parameters here: what training begins from, and where it is looked at */
    ResidentTraining(AcceleratedCompletion device, Map<String, INDArray> parameters) {
        this.device = device;
        this.parameters = parameters;
        upload();
    }

    private Slot slot(String name) {
        return device.parameters().stream()
                .filter(slot -> slot.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no parameter " + name + " on the device"));
    }

    private void upload() {
        parameters.forEach((name, array) -> device.write(slot(name), Part.VALUE, array));
        isAhead = false;
    }

    /** Brings the parameters here, where they have changed there. */
    void bringParameters() {
        if (isAhead) {
            parameters.keySet().forEach(this::bring);
            isAhead = false;
        }
    }

    /** Brings one of them. */
    void bring(String name) {
        device.read(slot(name), Part.VALUE, parameters.get(name));
    }

    /** @return the loss */
    double gradient(MultiDataSet lifetimes) {
        double loss = device.gradient(lifetimes.getFeatures(0), lifetimes.getLabels(0));
        squaredNorms = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> squaredNorms.put(name, device.squares(slot(name))));
        return loss;
    }

    /** The sum of squares of each gradient of the last step. */
    Map<String, Double> squaredNorms() {
        return squaredNorms;
    }

    /** Fills an array [B, n]. */
    void predict(INDArray outputs) {
        device.predict(outputs);
    }

    Optimizer optimizer(AdamSettings settings, int batch) {
        return new OnDevice(settings, batch);
    }

    @Override
    public void close() {
        device.close();
    }

    /** Adam there, as {@link AdamOptimizer} is here. */
    private final class OnDevice implements Optimizer {
        private final AdamSettings settings;
        private final Adam adam;
        private final Map<String, INDArray> moments = new LinkedHashMap<>();
        private int step;

        OnDevice(AdamSettings settings, int batch) {
            this.settings = settings;
            adam = AdamOptimizer.adam(settings, batch);
            parameters.forEach((name, array) -> {
                moments.put(name + AdamOptimizer.MEAN, array.like());
                moments.put(name + AdamOptimizer.SQUARE, array.like());
            });
        }

        @Override
        public void update(Map<String, INDArray> none) {
            double all = squaredNorms.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            double scale = settings.clipNorm()
                    .map(largest -> largest / Math.max(largest, Math.sqrt(all)))
                    .orElse(1.0);
            double corrected = adam.getLearningRate(step, 0)
                    * Math.sqrt(1 - Math.pow(settings.beta2(), step + 1))
                    / (1 - Math.pow(settings.beta1(), step + 1));
            device.update(new ResidentCompletion.Adam(
                    corrected, settings.beta1(), settings.beta2(), settings.epsilon(), scale));
            isAhead = true;
            step++;
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public Map<String, INDArray> moments() {
            for (String name : parameters.keySet()) {
                device.read(slot(name), Part.MEAN, moments.get(name + AdamOptimizer.MEAN));
                device.read(slot(name), Part.SQUARE, moments.get(name + AdamOptimizer.SQUARE));
            }
            return moments;
        }

        @Override
        public void restore(int step, Map<String, INDArray> saved) {
            moments.forEach((name, moment) -> AdamOptimizer.requireGradient(name, moment, saved.get(name)));
            for (String name : parameters.keySet()) {
                device.write(slot(name), Part.MEAN, saved.get(name + AdamOptimizer.MEAN));
                device.write(slot(name), Part.SQUARE, saved.get(name + AdamOptimizer.SQUARE));
            }
            upload();
            this.step = step;
        }
    }
}
