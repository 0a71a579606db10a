package org.plastic4j.maze.agent;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A batch of recorded episodes; its memory is reused by the next batch. All is [T, B, ...] in C order. */
final class Rollout {
    private final Shape shape;
    private final INDArray drives;
    private final FloatBuffer driveMemory;
    private final INDArray outputs;
    private final FloatBuffer outputMemory;

    /** What was sensed, [T, B, inputs]. */
    final float[] inputs;
    /** What was done, [T, B]. */
    final int[] actions;
    /** With which probability each action would have been chosen, [T, B, actions]. */
    final float[] probabilities;
    /** The largest number that went into the softmax, [T, B]. */
    final float[] largest;
    /** What the value head expected, [T, B]. */
    final float[] values;
    /** What was gained, [T, B]. */
    final float[] rewards;

    Rollout(Shape shape) {
        this.shape = shape;
        drives = Nd4j.create(DataType.FLOAT, shape.steps(), shape.batch(), shape.neurons());
        driveMemory = drives.data().asNioFloat();
        outputs = Nd4j.create(DataType.FLOAT, shape.steps(), shape.batch(), shape.neurons());
        outputMemory = outputs.data().asNioFloat();
        inputs = new float[shape.transitions() * shape.inputs()];
        actions = new int[shape.transitions()];
        probabilities = new float[shape.transitions() * shape.actions()];
        largest = new float[shape.transitions()];
        values = new float[shape.transitions()];
        rewards = new float[shape.transitions()];
    }

    Shape shape() {
        return shape;
    }

    /** What the lifetimes were driven by, [T, B, n]. */
    INDArray drives() {
        return drives;
    }

    /** What the neurons gave, [T, B, n]. */
    INDArray outputs() {
        return outputs;
    }

    /**
     * The drives of some lifetimes by step, each [count, n]: views of {@link #drives}.
     *
     * @param first the first of the lifetimes
     */
    INDArray[] drivesOf(int first, int count) {
        return steps(drives, first, count);
    }

    /** The same of {@link #outputs}. */
    INDArray[] outputsOf(int first, int count) {
        return steps(outputs, first, count);
    }

    private INDArray[] steps(INDArray all, int first, int count) {
        INDArray[] steps = new INDArray[shape.steps()];
        for (int t = 0; t < steps.length; t++) {
            steps[t] = all.get(NDArrayIndex.point(t), NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
        }
        return steps;
    }

    /** Records drives from a lifetime's transition on, [count, n]. */
    void recordDrives(int transition, float[] values) {
        driveMemory.put(transition * shape.neurons(), values, 0, values.length);
    }

    /** Reads outputs from a lifetime's transition on, [count, n]. */
    void readOutputs(int transition, float[] values) {
        outputMemory.get(transition * shape.neurons(), values, 0, values.length);
    }
}
