package org.plastic4j.core.kernel.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A thread's arrays, which it takes anew in each call, one after the other, and which stay with the buffers in between. */
final class Scratch {
    private final List<float[]> arrays = new ArrayList<>();
    private int taken;

    /** All arrays may be taken again. */
    Scratch begin() {
        taken = 0;
        return this;
    }

    /** At least so many floats, the first of them zero. */
    float[] floats(int length) {
        int at = taken++;
        if (at == arrays.size()) {
            arrays.add(new float[length]);
        } else if (arrays.get(at).length < length) {
            arrays.set(at, new float[length]);
        } else {
            Arrays.fill(arrays.get(at), 0, length, 0);
        }
        return arrays.get(at);
    }
}
