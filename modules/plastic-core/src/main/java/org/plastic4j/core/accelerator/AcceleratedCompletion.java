package org.plastic4j.core.accelerator;

import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.accelerator.ResidentCompletion.Adam;
import org.plastic4j.core.accelerator.ResidentCompletion.Network;
import org.plastic4j.core.accelerator.ResidentCompletion.Part;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.Slot;

/** A {@link ResidentCompletion} of the accelerator in use, for arrays of ND4J's; all of them of type FLOAT. */
public final class AcceleratedCompletion implements AutoCloseable {
    private static final String NAME = AcceleratedCompletion.class.getSimpleName();

    private final ResidentCompletion completion;

    private AcceleratedCompletion(ResidentCompletion completion) {
        this.completion = completion;
    }

    /** Empty if no accelerator is in use, or it has no such thing. */
    public static Optional<AcceleratedCompletion> of(Network network) {
        return LifetimeDevice.accelerator()
                .filter(device -> AcceleratedKernel.isOnePieceEach(network.lifetimes()))
                .flatMap(device -> device.completion(network))
                .map(AcceleratedCompletion::new);
    }

    /**
     * Lives a batch of lifetimes, forward and backward.
     *
     * @param shown [T, B, values]
     * @param asked [B, values]
     * @return the loss
     * @throws NotFiniteInput if there is a NaN or an infinity among them
     */
    public double gradient(INDArray shown, INDArray asked) {
        NotFiniteInput.reject(NAME, "shown", shown);
        NotFiniteInput.reject(NAME, "asked", asked);
        try (HostView shownNow = HostView.reading(shown);
                HostView askedNow = HostView.reading(asked)) {
            return completion.gradient(shownNow.whole(), askedNow.whole());
        }
    }

    /** What is trained. */
    public Set<Slot> parameters() {
        return completion.parameters();
    }

    /** The sum of the squares of a parameter's last gradient. */
    public double squares(Slot parameter) {
        return completion.squares(parameter);
    }

    /** Changes all parameters by their last gradients. */
    public void update(Adam adam) {
        completion.update(adam);
    }

    /** Fills an array [B, n] with the outputs of the last step of the lifetimes that were lived last. */
    public void answer(INDArray outputs) {
        try (HostView view = HostView.writing(outputs)) {
            completion.answer(view.whole());
        }
    }

    /** Fills an array with what is held there. */
    public void read(Slot parameter, Part part, INDArray numbers) {
        try (HostView view = HostView.writing(numbers)) {
            completion.read(parameter, part, view.whole());
        }
    }

    /** Has an array's numbers held there. */
    public void write(Slot parameter, Part part, INDArray numbers) {
        try (HostView view = HostView.reading(numbers)) {
            completion.write(parameter, part, view.whole());
        }
    }

    @Override
    public void close() {
        completion.close();
    }
}
