package org.plastic4j.devicetraining;

import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.ResidentCompletion.Adam;
import org.plastic4j.devicetraining.ResidentCompletion.Device;
import org.plastic4j.devicetraining.ResidentCompletion.Network;
import org.plastic4j.devicetraining.ResidentCompletion.Part;

/** A {@link ResidentCompletion} of the accelerator in use, for arrays of ND4J's; all of them of type FLOAT. */
public final class AcceleratedCompletion implements AutoCloseable {
    private static final String NAME = AcceleratedCompletion.class.getSimpleName();

    private final ResidentCompletion completion;

    private AcceleratedCompletion(ResidentCompletion completion) {
        this.completion = completion;
    }

    /**
     * Empty if no accelerator is in use, or it has no such thing.
     *
     * @param network what is trained
     * @return the training
     */
    public static Optional<AcceleratedCompletion> of(Network network) {
        return LifetimeDevice.accelerator()
                .filter(device ->
                        device instanceof Device && network.lifetimes().isOneBufferEach())
                .flatMap(device -> ((Device) device).completion(network))
                .map(AcceleratedCompletion::new);
    }

    /**
     * Runs a batch of lifetimes, forward and backward.
     *
     * @param input [T, B, values]
     * @param target [B, values]
     * @return the loss
     * @throws NotFiniteInput if there is a NaN or an infinity among them
     */
    public double gradient(INDArray input, INDArray target) {
        NotFiniteInput.reject(NAME, "input", input);
        NotFiniteInput.reject(NAME, "target", target);
        try (HostView inputs = HostView.reading(input);
                HostView targets = HostView.reading(target)) {
            return completion.gradient(inputs.whole(), targets.whole());
        }
    }

    /** {@return what is trained} */
    public Set<Slot> parameters() {
        return completion.parameters();
    }

    /**
     * {@return the sum of the squares of a parameter's last gradient}
     *
     * @param parameter its key
     */
    public double squares(Slot parameter) {
        return completion.squares(parameter);
    }

    /**
     * Changes all parameters by their last gradients.
     *
     * @param adam the optimiser's settings
     */
    public void update(Adam adam) {
        completion.update(adam);
    }

    /**
     * Fills an array [B, n] with the outputs of all neurons in the last step of the last lifetimes.
     *
     * @param outputs the network's outputs
     */
    public void predict(INDArray outputs) {
        try (HostView view = HostView.writing(outputs)) {
            completion.predict(view.whole());
        }
    }

    /**
     * Fills an array with what is held there.
     *
     * @param parameter its key
     * @param part which of the values
     * @param values as many as the array has
     */
    public void read(Slot parameter, Part part, INDArray values) {
        try (HostView view = HostView.writing(values)) {
            completion.read(parameter, part, view.whole());
        }
    }

    /**
     * Has an array's values held there.
     *
     * @param parameter its key
     * @param part which of the values
     * @param values as many as the array has
     */
    public void write(Slot parameter, Part part, INDArray values) {
        try (HostView view = HostView.reading(values)) {
            completion.write(parameter, part, view.whole());
        }
    }

    @Override
    public void close() {
        completion.close();
    }
}
