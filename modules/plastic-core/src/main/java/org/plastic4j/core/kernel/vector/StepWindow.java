package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;

/**
 * The last steps of lifetimes that go on for as long as they like, in buffers for a few: at the end of these, the last
 * two steps move to their beginning. Steps are counted within the window.
 */
public final class StepWindow {
    /**
     * How many steps there are. A fading trace takes in the updates held beside it in the step after the eighth, and
     * needs nothing from before the last two steps then.
     */
    static final int STEPS = LifetimeBuffers.RANK + 1;

    private final LifetimeBuffers m;
    private int last;

    StepWindow(LifetimeBuffers m) {
        this.m = m;
    }

    /** The last step that was run, 0 at the beginning. */
    int last() {
        return last;
    }

    /** Clears all steps, whatever lifetimes before have left there, and begins with y0. */
    void begin(BufferTransfer transfer) {
        Arrays.fill(m.y, 0);
        transfer.loadInitialOutputs();
        last = 0;
    }

    /** Begins anew from the last outputs. */
    void restart() {
        for (int b = 0; b < m.batch; b++) {
            System.arraycopy(m.y, m.row(last, b), m.y, m.row(0, b), m.n);
        }
        last = 0;
    }

    /** Puts what drives the next step into its place, and returns its number. */
    int open(INDArray drive, INDArray mask, INDArray value) {
        int next = last == STEPS ? 2 : last + 1;
        if (mask != null) {
            loadClamp(next, mask, value);
        }
        if (last == STEPS) {
            moveTo(1);
        }
        new BufferTransfer(m).loadRow(drive, next);
        last = next;
        return next;
    }

    private void loadClamp(int t, INDArray mask, INDArray value) {
        m.prepareClamp();
        int from = m.clampRow(t, 0);
        HostArrays.read(mask, m.mask, from);
        HostArrays.read(value, m.value, from);
        for (int k = from; k < m.clampRow(t + 1, 0); k++) {
            LifetimeTensors.requireBinary(m.mask[k]);
        }
    }

    /** Gives the last step another number, and takes the one before it along. */
    void moveTo(int t) {
        for (int b = 0; b < m.batch; b++) {
            if (t < last) {
                copy(last - 1, t - 1, b);
                copy(last, t, b);
            } else {
                copy(last, t, b);
                copy(last - 1, t - 1, b);
            }
        }
        last = t;
    }

    private void copy(int from, int to, int b) {
        System.arraycopy(m.y, m.row(from, b), m.y, m.row(to, b), m.layout.columns);
    }

    /** The last outputs into an array [B, n]. */
    void store(INDArray into) {
        new BufferTransfer(m).storeRow(last, into);
    }
}
