package org.plastic4j.playground.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.LifetimeStepper;
import org.plastic4j.data.pictures.Contrast;
import org.plastic4j.playground.network.TrainedNetwork;
import org.plastic4j.training.network.Execution;
import org.plastic4j.training.network.PlasticSettings;

/** The network of the natural-images experiment, one step at a time: it memorises pictures and completes one. */
public final class PictureNetwork {
    private final LifetimeStepper stepper;
    private final int pictures;
    private final int side;
    private final int cycles;
    private final int presentationSteps;
    private final int gapSteps;
    private final int testSteps;

    /** Which half of a picture is hidden. */
    public enum Half {
        /** The upper one. */
        UPPER,
        /** The lower one. */
        LOWER
    }

    /**
     * What the network made of a half picture.
     *
     * @param whole the picture as it was shown before, from -1 to 1
     * @param steps the picture that its neurons give in each step while the half is shown
     * @param error the summed squared error of the last of them
     * @param gray that of a constant gray in the hidden half
     */
    public record Completion(float[] whole, List<float[]> steps, double error, double gray) {}

    /**
     * Builds the network.
     *
     * @param trained a network of the natural-images experiment
     * @throws IllegalArgumentException if its parameters are not those of its settings
     */
    public PictureNetwork(TrainedNetwork trained) {
        TrainedNetwork.Origin origin = trained.origin();
        pictures = origin.integer("task.pictures");
        side = origin.integer("task.side");
        cycles = origin.integer("task.cycles");
        presentationSteps = origin.integer("task.presentationSteps");
        gapSteps = origin.integer("task.gapSteps");
        testSteps = origin.integer("task.testSteps");
        PlasticSettings network = new PlasticSettings(
                Alpha.valueOf(
                        origin.setting("network.alpha").toUpperCase(Locale.ROOT).replace('-', '_')),
                origin.setting("network.rule"),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Execution.AUTO);
        stepper = new LifetimeStepper(network.cell(side * side + 1), trained.parameters(), 1);
    }

    /** @return how many pictures it memorises */
    public int pictures() {
        return pictures;
    }

    /** @return rows and columns of a picture */
    public int side() {
        return side;
    }

    /**
     * Lives a lifetime: sees all pictures, and then a half of one.
     *
     * @param gray the pictures' gray levels in any unit, row after row
     * @param asked the picture of which a half is shown
     * @param hidden the half that is not
     * @return what the network made of it
     * @throws IllegalArgumentException if a picture is of one gray, in which there is nothing to memorise
     */
    public synchronized Completion complete(List<double[]> gray, int asked, Half hidden) {
        List<float[]> shown = gray.stream().map(Contrast::normalised).toList();
        for (float[] picture : shown) {
            if (largest(picture) == 0) {
                throw new IllegalArgumentException("Expected pictures that are not of one gray all over");
            }
        }
        stepper.begin();
        float[] silence = new float[side * side];
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (float[] picture : shown) {
                steps(picture, presentationSteps);
                steps(silence, gapSteps);
            }
        }
        float[] whole = shown.get(asked);
        float[] half = whole.clone();
        int from = hidden == Half.UPPER ? 0 : half.length / 2;
        Arrays.fill(half, from, from + half.length / 2, 0);
        List<float[]> steps = steps(half, testSteps);
        return new Completion(whole, steps, distance(steps.get(steps.size() - 1), whole), distance(half, whole));
    }

    private List<float[]> steps(float[] input, int count) {
        int neurons = side * side + 1;
        float[] value = Arrays.copyOf(input, neurons);
        // The bias neuron.
        value[neurons - 1] = 1;
        float[] mask = new float[neurons];
        for (int k = 0; k < neurons; k++) {
            mask[k] = value[k] != 0 ? 1 : 0;
        }
        List<float[]> outputs = new ArrayList<>();
        try (INDArray drive = Nd4j.zeros(DataType.FLOAT, 1, neurons);
                INDArray masks = Nd4j.createFromArray(mask).reshape('c', 1, neurons);
                INDArray values = Nd4j.createFromArray(value).reshape('c', 1, neurons)) {
            for (int step = 0; step < count; step++) {
                try (INDArray y = stepper.step(drive, masks, values)) {
                    outputs.add(Arrays.copyOf(y.data().asFloat(), side * side));
                }
            }
        }
        return outputs;
    }

    private static double largest(float[] picture) {
        double largest = 0;
        for (float value : picture) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double distance(float[] left, float[] right) {
        double sum = 0;
        for (int k = 0; k < left.length; k++) {
            double difference = (double) left[k] - right[k];
            sum += difference * difference;
        }
        return sum;
    }
}
