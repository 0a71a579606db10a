package org.plastic4j.devicetraining;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.spec.Slot;

/**
 * A network that completes its input, trained on an accelerator: parameters, gradients and Adam's moments stay there for a
 * whole training.
 *
 * <p>Neuron j receives value j, and the neuron after the last value a constant 1; what there are more receive nothing. The
 * prediction is what the values' neurons give in the last step, the loss its summed squared distance from the target,
 * averaged over the batch. Where the lifetimes have a clamp, what is not 0 clamps; else all of it is external input, times a
 * gain.
 *
 * <p>Buffers are direct, in native byte order, and hold a whole array in C order.
 */
public interface ResidentCompletion extends AutoCloseable {
    /**
     * The network.
     *
     * @param lifetimes from rest
     * @param values how many neurons receive a value, fewer than there are
     * @param gain of the external input; without meaning where values clamp
     */
    record Network(LifetimeAccelerator.Shape lifetimes, int values, double gain) {}

    /** An accelerator that has such networks. */
    interface Device extends LifetimeAccelerator {
        /**
         * A network, all of whose parameters are zero to begin with.
         *
         * @param network what is trained
         * @return empty if there is no room for it
         */
        Optional<ResidentCompletion> completion(Network network);
    }

    /** What of a parameter is held. */
    enum Part {
        /** The parameter itself. */
        VALUE,
        /** Adam's mean of the gradients. */
        MEAN,
        /** Adam's mean of their squares. */
        SQUARE
    }

    /**
     * One update by Adam, {@code p -= rate m / (sqrt(v) + epsilon)}, as ND4J has it.
     *
     * @param rate the learning rate, with the correction of both means for their beginning at zero in it
     * @param beta1 of the mean
     * @param beta2 of the mean square
     * @param epsilon added to the root
     * @param scale what gradients are multiplied by before
     */
    record Adam(double rate, double beta1, double beta2, double epsilon, double scale) {}

    /**
     * Runs a batch of lifetimes, forward and backward. Changes no parameter.
     *
     * @param input [T, B, values]
     * @param target [B, values]
     * @return the loss
     */
    double gradient(FloatBuffer input, FloatBuffer target);

    /** {@return what is trained} */
    Set<Slot> parameters();

    /**
     * {@return the sum of the squares of a parameter's last gradient: not finite if one of its elements is not}
     *
     * @param parameter its key
     */
    double squares(Slot parameter);

    /**
     * Changes all parameters by their last gradients.
     *
     * @param adam the optimiser's settings
     */
    void update(Adam adam);

    /**
     * The outputs of all neurons in the last step of the last lifetimes, [B, n].
     *
     * @param outputs the network's outputs
     */
    void predict(FloatBuffer outputs);

    /**
     * Copies what is held there into a buffer.
     *
     * @param parameter its key
     * @param part which of the values
     * @param values as many as the array has
     */
    void read(Slot parameter, Part part, FloatBuffer values);

    /**
     * Copies a buffer to where it is held.
     *
     * @param parameter its key
     * @param part which of the values
     * @param values as many as the array has
     */
    void write(Slot parameter, Part part, FloatBuffer values);

    /** Gives back what it has on the device. */
    @Override
    void close();
}
