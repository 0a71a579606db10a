package org.plastic4j.core.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.plastic4j.core.kernel.KernelOptions;

/**
 * The forward steps of the fast kernel. The trace is held as
 *
 * <pre>H[i, j] = scale[j] H0[i, j] + sum_k x_k[i] q_k[j]</pre>
 *
 * with H0 in memory and up to K later updates beside it, so that memory is written once in K steps. What a neuron
 * receives is, by sums over rows alone,
 *
 * <pre>sum_i x W  +  scale sum_i x A H0  +  sum_k q_k (sum_i x x_k A)</pre>
 */
final class VectorForward {
    /**
     * The vectors of all loops. With a second length in the process, the compiler no longer knows which one a call is
     * about: loops have been seen to take 4 to 8 times as long.
     */
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED.vectorBitSize() > KernelOptions.vectorBits()
            ? VectorSpecies.of(float.class, VectorShape.forBitSize(KernelOptions.vectorBits()))
            : FloatVector.SPECIES_PREFERRED;
    /** Columns of a column block, which are those of a vector, and from one of its rows to the next. */
    static final int BLOCK_WIDTH = LANES.length();
    /** Columns that loops down column blocks take at a time. */
    static final int PAIR = 2 * BLOCK_WIDTH;

    private VectorForward() {}

    /** The factors of step t for a lifetime, with so many deferred updates: x twice, then its products with each x_k. */
    static void prepare(LifetimeBuffers m, int t, int deferred, int b, RowFactors factors, int set) {
        int x = m.row(t - 1, b);
        factors.put(set, 0, m.y, x);
        factors.put(set, 1, m.y, x);
        for (int k = 0; k < deferred; k++) {
            factors.putProducts(set, 2 + k, m.y, x, m.row(t - 1 - deferred + k, b));
        }
    }

    /** Adds {@code x (W + A H)} of two column blocks to the pre-activations of step t, from the sums of a fused pass. */
    static void receive(LifetimeBuffers m, int t, int deferred, int b, int column, float[] sums) {
        int columns = m.layout.columns;
        for (int offset = 0; offset < PAIR; offset += BLOCK_WIDTH) {
            int at = m.row(t, b) + column + offset;
            FloatVector pre = FloatVector.fromArray(LANES, m.y, at).add(VectorPass.sum(sums, 0, offset));
            pre = FloatVector.fromArray(LANES, m.scale, b * columns + column + offset)
                    .fma(VectorPass.sum(sums, 1, offset), pre);
            int q = m.factor(b, 0) + column + offset;
            for (int k = 0; k < deferred; k++, q += columns) {
                pre = FloatVector.fromArray(LANES, m.q, q).fma(VectorPass.sum(sums, 2 + k, offset), pre);
            }
            pre.intoArray(m.y, at);
        }
    }

    /** The same for a layer without plasticity. */
    static void receiveFixed(LifetimeBuffers m, int t, int b, int column, float[] sums) {
        for (int offset = 0; offset < PAIR; offset += BLOCK_WIDTH) {
            int at = m.row(t, b) + column + offset;
            FloatVector.fromArray(LANES, m.y, at)
                    .add(VectorPass.sum(sums, 0, offset))
                    .intoArray(m.y, at);
        }
    }

    /**
     * Writes {@code scale H0 + sum_k x_k q_k} of two column blocks, with all K updates; fewer have zeros for the others.
     *
     * @param past a set for this lifetime: x_k of each update
     */
    static void materialise(
            LifetimeBuffers m, int b, int column, float[] source, float[] target, RowFactors past, int set) {
        int columns = m.layout.columns;
        VectorRankUpdate.Columns updates =
                new VectorRankUpdate.Columns(m.q, m.factor(b, 0) + column, BLOCK_WIDTH, columns);
        VectorRankUpdate.scaledColumns(m, source, target, b, column, past, set, updates, m.scale, b * columns + column);
    }
}
