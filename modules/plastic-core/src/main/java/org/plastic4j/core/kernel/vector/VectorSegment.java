package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.SegmentBuffers.RANK;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;

/**
 * Entering a segment on the way back. The trace's gradient G is made up to date in memory, and all that the segment's
 * steps ask of it is summed up:
 *
 * <pre>
 * G      = scale G + A sum_k x(k) q(k)         k: the steps of the segment left
 * inputs:  sum_j G baseGain(k)                 k: those of the one entered, here and below
 * outputs: sum_i A x(k) x(l)                   and those of {@link VectorRowSums}
 * </pre>
 *
 * G and H are transposed, [outputs, inputs]; A is there in both ways.
 */
final class VectorSegment {
    /** The sums of A x(k) x(l) are formed in parts, each few enough for the registers. */
    private static final int PARTS = RANK / 2;

    private static final int PART = SegmentBuffers.PAIRS / PARTS;

    private static final VectorPass.Loop PAIRS = VectorPass.products(PART);
    private static final VectorPass.Loop GAINS = VectorPass.productsAndTrace(RANK);

    private VectorSegment() {}

    /** Products of pairs of the inputs of a segment, sets of factors for {@link #pairs}. */
    static RowFactors products(LifetimeBuffers m) {
        return new RowFactors(m, PARTS);
    }

    /** Makes these for the segment that begins with step {@code first}. */
    static void prepare(LifetimeBuffers m, VectorColumns columns, int b, int first, RowFactors products) {
        for (int l = 1; l < RANK; l++) {
            for (int k = 0; k < l; k++) {
                int pair = SegmentBuffers.pair(k, l);
                products.putProducts(
                        pair / PART, pair % PART, m.y, columns.input(b, first, k), columns.input(b, first, l));
            }
        }
    }

    /** The sums of A x(k) x(l) of two strips of A. */
    static void pairs(LifetimeBuffers m, SegmentBuffers s, int b, int column, RowFactors products, float[] sums) {
        int from = m.layout.at(column, 0);
        for (int part = 0; part < PARTS; part++) {
            VectorPass.run(PAIRS, m, m.alpha, from, m.noTrace, b, column, products, part, sums);
            for (int k = 0; k < PART; k++) {
                System.arraycopy(sums, START + k * PAIR, s.sums, s.sum(b, part * PART + k) + column, PAIR);
            }
        }
    }

    /** Brings two strips of G up to date. */
    static void update(LifetimeBuffers m, SegmentBuffers s, int b, int column) {
        VectorRankUpdate.Columns inputs =
                new VectorRankUpdate.Columns(s.inputs, s.step(b, column, 0), RANK * STRIP, STRIP);
        GradientBuffers d = m.gradients();
        VectorRankUpdate.scaledRowsTimes(m, d.transposedAlpha, d.trace, b, column, s.left, b, inputs);
    }

    /**
     * What the sweeps of the segment get of the base of G, and deta of its product with the trace, for two strips: {@code
     * s.eta -= weight sum_j G H}.
     *
     * @param source H
     */
    static void gains(
            LifetimeBuffers m, SegmentBuffers s, int b, int column, float[] source, float weight, float[] sums) {
        int from = m.matrix(b) + m.layout.at(column, 0);
        VectorPass.run(GAINS, m, m.gradients().trace, from, source, b, column, s.gain, b, sums);
        FloatVector scale = FloatVector.broadcast(LANES, -weight);
        for (int strip = 0; strip < PAIR; strip += STRIP) {
            for (int k = 0; k < RANK; k++) {
                VectorPass.sum(sums, k, strip).intoArray(s.beside, s.step(b, column + strip, k));
            }
            int vector = b * m.layout.columns + column + strip;
            VectorPass.sum(sums, RANK, strip)
                    .fma(scale, FloatVector.fromArray(LANES, s.eta, vector))
                    .intoArray(s.eta, vector);
        }
    }
}
