package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.ChunkBuffers.RANK;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;

import jdk.incubator.vector.FloatVector;

/**
 * Entering a chunk in the backward pass. The trace's gradient G is made up to date in memory, and all that the chunk's
 * steps take of it is reduced:
 *
 * <pre>
 * G      = scale G + A sum_k x(k) q(k)         k: the steps of the chunk left
 * inputs:  sum_j G baseGain(k)                 k: those of the one entered, here and below
 * outputs: sum_i A x(k) x(l)                   and those of {@link VectorRowSums}
 * </pre>
 *
 * G and H are transposed, [outputs, inputs]; A is there in both ways.
 */
final class VectorChunk {
    /** The sums of A x(k) x(l) are formed in parts, each few enough for the registers. */
    private static final int PARTS = RANK / 2;

    private static final int PART = ChunkBuffers.PAIRS / PARTS;

    private static final VectorPass.Loop PAIRS = VectorPass.products(PART);
    private static final VectorPass.Loop WRITE_STRENGTHS = VectorPass.productsAndTrace(RANK);

    private VectorChunk() {}

    /** Products of pairs of the inputs of a chunk, sets of factors for {@link #pairs}. */
    static RowFactors products(LifetimeBuffers m, Scratch scratch) {
        return new RowFactors(m, PARTS, scratch);
    }

    /** Makes these for the chunk that begins with step {@code first}. */
    static void prepare(LifetimeBuffers m, VectorColumns columns, int b, int first, RowFactors products) {
        for (int l = 1; l < RANK; l++) {
            for (int k = 0; k < l; k++) {
                int pair = ChunkBuffers.pair(k, l);
                products.putProducts(
                        pair / PART, pair % PART, m.y, columns.input(b, first, k), columns.input(b, first, l));
            }
        }
    }

    /** The sums of A x(k) x(l) of two column blocks of A. */
    static void pairs(LifetimeBuffers m, ChunkBuffers s, int b, int column, RowFactors products, float[] sums) {
        int from = m.layout.at(column, 0);
        for (int part = 0; part < PARTS; part++) {
            VectorPass.run(PAIRS, m, m.alpha, from, m.noTrace, b, column, products, part, sums);
            for (int k = 0; k < PART; k++) {
                System.arraycopy(sums, START + k * PAIR, s.sums, s.sum(b, part * PART + k) + column, PAIR);
            }
        }
    }

    /** Brings two column blocks of G up to date. */
    static void update(LifetimeBuffers m, ChunkBuffers s, int b, int column) {
        VectorRankUpdate.Columns inputs =
                new VectorRankUpdate.Columns(s.inputs, s.step(b, column, 0), RANK * BLOCK_WIDTH, BLOCK_WIDTH);
        GradientBuffers d = m.gradients();
        VectorRankUpdate.scaledRowsTimes(m, d.transposedAlpha, d.trace, b, column, s.left, b, inputs);
    }

    /**
     * What the passes of the chunk get of G at the chunk boundary, and deta of its product with the trace, for two column blocks: {@code
     * s.eta -= weight sum_j G H}.
     *
     * @param source H
     */
    static void writeStrengths(
            LifetimeBuffers m, ChunkBuffers s, int b, int column, float[] source, float weight, float[] sums) {
        int from = m.matrix(b) + m.layout.at(column, 0);
        VectorPass.run(WRITE_STRENGTHS, m, m.gradients().trace, from, source, b, column, s.writeStrength, b, sums);
        FloatVector scale = FloatVector.broadcast(LANES, -weight);
        for (int offset = 0; offset < PAIR; offset += BLOCK_WIDTH) {
            for (int k = 0; k < RANK; k++) {
                VectorPass.sum(sums, k, offset).intoArray(s.beside, s.step(b, column + offset, k));
            }
            int vector = b * m.layout.columns + column + offset;
            VectorPass.sum(sums, RANK, offset)
                    .fma(scale, FloatVector.fromArray(LANES, s.eta, vector))
                    .intoArray(s.eta, vector);
        }
    }
}
