package org.plastic4j.benchmarks.pytorch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plastic4j.benchmarks.cases.HostTensor;

/** Results of a batch that is computed in parts: outputs of lifetimes side by side, gradients of what they share added up. */
final class BatchResults {
    private final int batch;
    private final Map<String, HostTensor> all = new LinkedHashMap<>();

    /** @param batch how many lifetimes there are */
    BatchResults(int batch) {
        this.batch = batch;
    }

    /**
     * @param name y, hebb, or grad_NAME
     * @param part y [T, b, n], hebb [b, n, n], or a gradient
     * @param from the first lifetime of the part
     */
    void add(String name, HostTensor part, int from) {
        int axis = name.equals("y") ? 1 : name.equals("hebb") ? 0 : -1;
        HostTensor whole = all.computeIfAbsent(name, key -> {
            long[] shape = part.shape().clone();
            if (axis >= 0) {
                shape[axis] = batch;
            }
            return new HostTensor(shape, new float[HostTensor.length(shape)]);
        });
        if (axis >= 0) {
            whole.put(axis, from, part);
        } else {
            for (int i = 0; i < part.values().length; i++) {
                whole.values()[i] += part.values()[i];
            }
        }
    }

    Map<String, HostTensor> all() {
        return all;
    }
}
