package org.plastic4j.core.accelerator;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * A device that computes lifetimes of type FLOAT in the place of this library's CPU kernels, such as a GPU. It agrees with
 * them to rounding and gives the same bits for the same inputs on the same kind of device.
 *
 * <p>Buffers are direct, in native byte order, and hold a whole array in C order from their position 0 on; they are valid
 * during a call. Calls come from one thread at a time.
 */
public interface LifetimeAccelerator {
    /**
     * The lifetimes that a call is for.
     *
     * @param spec what they are
     * @param steps T
     * @param batch B
     */
    record Shape(LifetimeSpec spec, int steps, int batch) {
        /** {@return n} */
        public int neurons() {
            return spec.layer().outputs();
        }

        /** {@return whether every array of such lifetimes is small enough for one buffer} */
        public boolean isOneBufferEach() {
            long connections = (long) neurons() * neurons();
            return HostView.isOnePiece((spec.isPlastic() ? batch : 1) * connections)
                    && HostView.isOnePiece((long) steps * batch * neurons());
        }
    }

    /** {@return what errors and reports call it} */
    String description();

    /**
     * {@return whether it computes such lifetimes; the CPU does where it does not}
     *
     * @param shape sizes, rule and inputs of the lifetimes
     */
    boolean takes(Shape shape);

    /**
     * Runs a batch of lifetimes.
     *
     * @param shape sizes, rule and inputs of the lifetimes
     * @param inputs those of {@code shape.spec().inputs()}
     * @param y receives the outputs, [T, B, n]
     * @param traces receive the final traces, each [B, n, n]: Hebbian and eligibility, as far as there are any
     */
    void forward(Shape shape, Map<Slot, FloatBuffer> inputs, FloatBuffer y, List<FloatBuffer> traces);

    /**
     * The gradients of {@code sum(y * yGradient)} and the same of each final trace.
     *
     * @param shape sizes, rule and inputs of the lifetimes
     * @param inputs as in {@link #forward forward}
     * @param y the outputs that {@link #forward forward} gave, or a CPU
     * @param yGradient [T, B, n]
     * @param traceGradients each [B, n, n], as in {@link #forward forward}; empty where they are zero
     * @param gradients a buffer for each input but the mask, which receives its gradient
     */
    void backward(
            Shape shape,
            Map<Slot, FloatBuffer> inputs,
            FloatBuffer y,
            FloatBuffer yGradient,
            List<FloatBuffer> traceGradients,
            Map<Slot, FloatBuffer> gradients);

    /** How a program finds one: as a service ({@link java.util.ServiceLoader}). */
    interface Provider {
        /** {@return what it is chosen by, such as {@code cuda}} */
        String key();

        /**
         * Gets hold of the device.
         *
         * @return the device, for as long as the program runs
         * @throws Unavailable if there is none that can be used
         */
        LifetimeAccelerator open() throws Unavailable;
    }

    /** There is no such device here; the message is one sentence that says what is missing. */
    final class Unavailable extends Exception {
        /** @param message what is missing */
        public Unavailable(String message) {
            super(message);
        }

        /**
         * @param message what is missing
         * @param cause how that was found
         */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
