package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.INDICES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.compiled.LoopBuilder;

/**
 * Fused matrix-vector passes: loops that go down two column blocks, so that what belongs to a row is spread over a vector
 * once for both, and accumulate several products with the same matrices,
 *
 * <pre>sum_r W x(0),  sum_r A H x(1),  sum_r A x(2),  sum_r A x(3), ...</pre>
 *
 * with one factor x(0) for each row, and so on. The pass of every step, forward as well as, on transposed matrices,
 * backward, reads all matrices; those on entering a chunk of steps read one of them.
 */
final class VectorPass {
    /** The products of a step's pass: of W, of A H, and of A with each deferred update but the last. */
    private static final int TERMS = LifetimeBuffers.RANK + 1;
    /** Room for the sums of any pass, {@link VectorForward#PAIR} elements each from {@link PanelLayout#START} on. */
    static final int SUMS = PanelLayout.padded(PAIR * TERMS);

    /** As many products with A alone as are accumulated together with those of W and A H. */
    private static final int FEW = 4;

    /**
     * Whether Java was told not to check again that vectors lie within their arrays. With these checks, all terms in one
     * loop are more than the compiler inlines.
     */
    private static final boolean UNCHECKED =
            "0".equals(System.getProperty("jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK"));

    /** A loop. Matrices that it does not read may be of any length. */
    interface Loop {
        void run(
                float[] w,
                float[] alpha,
                float[] trace,
                int from,
                int traceFrom,
                int next,
                int rows,
                float[] x,
                int factor,
                float[] sums);
    }

    /** What is multiplied with a row's factor. */
    private enum Matrix {
        W,
        ALPHA_TRACE,
        ALPHA,
        /** No factor but the trace: {@code sum_r A H}, with the gradient of the trace in A's place. */
        PRODUCT
    }

    /** @param index of its factor among those of a row, and of its sum */
    private record Term(Matrix matrix, int index) {}

    /** As many terms as wait for memory as long as none do. */
    static final Loop LEADING = step(0, 2 + FEW, 1);
    /**
     * The terms after them. Two rows at a time keep the processor busy where one would have it wait for the sums.
     */
    static final Loop REMAINING = step(2 + FEW, TERMS, 2);
    /** All terms, which read A once. */
    static final Loop ALL = step(0, TERMS, 1);

    private VectorPass() {}

    private static Loop step(int begin, int end, int rowsTogether) {
        List<Term> terms = new ArrayList<>();
        for (int k = begin; k < end; k++) {
            terms.add(new Term(k == 0 ? Matrix.W : k == 1 ? Matrix.ALPHA_TRACE : Matrix.ALPHA, k));
        }
        return assemble(terms, rowsTogether);
    }

    /** {@code sum_r A x(k)} for so many factors. */
    static Loop products(int count) {
        List<Term> terms = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            terms.add(new Term(Matrix.ALPHA, k));
        }
        return assemble(terms, 1);
    }

    /** The same, and {@code sum_r A H} after them. */
    static Loop productsAndTrace(int count) {
        List<Term> terms = new ArrayList<>(List.of(new Term(Matrix.PRODUCT, count)));
        for (int k = 0; k < count; k++) {
            terms.add(new Term(Matrix.ALPHA, k));
        }
        return assemble(terms, 1);
    }

    private static Loop assemble(List<Term> terms, int rowsTogether) {
        return LoopBuilder.build(MethodHandles.lookup(), Loop.class, LANES, loop -> {
            LoopBuilder.Floats w = loop.floats();
            LoopBuilder.Floats alpha = loop.floats();
            LoopBuilder.Floats trace = loop.floats();
            LoopBuilder.Int from = loop.integer();
            LoopBuilder.Int traceFrom = loop.integer();
            LoopBuilder.Int next = loop.integer();
            LoopBuilder.Int rows = loop.integer();
            LoopBuilder.Floats x = loop.floats();
            LoopBuilder.Int factor = loop.integer();
            LoopBuilder.Floats sums = loop.floats();
            boolean readsAlpha = terms.stream().anyMatch(term -> term.matrix() != Matrix.W);
            boolean readsTrace = terms.stream()
                    .anyMatch(term -> term.matrix() == Matrix.ALPHA_TRACE || term.matrix() == Matrix.PRODUCT);
            LoopBuilder.Variable[][] totals = new LoopBuilder.Variable[terms.size()][2];
            for (LoopBuilder.Variable[] total : totals) {
                total[0] = loop.let(loop.zero());
                total[1] = loop.let(loop.zero());
            }
            loop.loop(rows, rowsTogether, r -> {
                LoopBuilder.Int[] at = blocks(loop, from, next, r);
                LoopBuilder.Int[] traceAt = readsTrace ? blocks(loop, traceFrom, next, r) : null;
                LoopBuilder.Int f =
                        loop.let(factor.plus(r.times(RowFactors.SIDE)).and(INDICES));
                for (int row = 0; row < rowsTogether; row++) {
                    int further = row * BLOCK_WIDTH;
                    LoopBuilder.Vector[] a = new LoopBuilder.Vector[2];
                    for (int block = 0; block < 2 && readsAlpha; block++) {
                        a[block] = loop.let(loop.load(alpha, at[block].plus(further)));
                    }
                    for (int k = 0; k < totals.length; k++) {
                        Term term = terms.get(k);
                        LoopBuilder.Vector v = term.matrix() == Matrix.PRODUCT
                                ? null
                                : loop.let(loop.broadcast(x, f.plus(row * RowFactors.SIDE + term.index())));
                        for (int block = 0; block < 2; block++) {
                            LoopBuilder.Variable total = totals[k][block];
                            total.set(
                                    switch (term.matrix()) {
                                        case W ->
                                            loop.load(w, at[block].plus(further))
                                                    .fma(v, total);
                                        case ALPHA_TRACE ->
                                            a[block].mul(loop.load(trace, traceAt[block].plus(further)))
                                                    .fma(v, total);
                                        case ALPHA -> a[block].fma(v, total);
                                        case PRODUCT ->
                                            loop.load(trace, traceAt[block].plus(further))
                                                    .fma(a[block], total);
                                    });
                        }
                    }
                }
            });
            for (int k = 0; k < totals.length; k++) {
                int to = START + terms.get(k).index() * PAIR;
                loop.store(totals[k][0], sums, loop.constant(to));
                loop.store(totals[k][1], sums, loop.constant(to + BLOCK_WIDTH));
            }
        });
    }

    /** The indices of a row in two column blocks of a matrix. */
    static LoopBuilder.Int[] blocks(LoopBuilder loop, LoopBuilder.Int from, LoopBuilder.Int next, LoopBuilder.Int row) {
        return new LoopBuilder.Int[] {
            loop.let(from.plus(row.times(BLOCK_WIDTH)).and(INDICES)),
            loop.let(from.plus(next).plus(row.times(BLOCK_WIDTH)).and(INDICES))
        };
    }

    /**
     * The pass of a step over two column blocks.
     *
     * @param pairs how many sums of A alone are wanted, up to K - 1; the others have no meaning
     * @param alpha A, in the same orientation as W
     * @param trace H0, a matrix for each lifetime
     * @param column the blocks' first
     * @param set of the factors
     */
    static void plastic(
            LifetimeBuffers m,
            int pairs,
            float[] alpha,
            float[] trace,
            int b,
            int column,
            RowFactors factors,
            int set,
            float[] sums) {
        int from = m.layout.at(column, 0);
        Loop loop = pairs > FEW && UNCHECKED ? ALL : LEADING;
        run(loop, m, alpha, from, trace, b, column, factors, set, sums);
        if (pairs > FEW && loop != ALL) {
            run(REMAINING, m, alpha, from, trace, b, column, factors, set, sums);
        }
    }

    /**
     * Any pass with plasticity over two column blocks.
     *
     * @param alpha in A's place, its blocks from {@code from} on
     */
    static void run(
            Loop loop,
            LifetimeBuffers m,
            float[] alpha,
            int from,
            float[] trace,
            int b,
            int column,
            RowFactors factors,
            int set,
            float[] sums) {
        int next = m.layout.blockRows * BLOCK_WIDTH;
        int traceFrom = m.traceAt(trace, b, column);
        int factor = factors.at(set, 0);
        loop.run(m.w, alpha, trace, from, traceFrom, next, m.layout.rows, factors.values, factor, sums);
    }

    /** {@code sum_r W x} of two column blocks, for a layer without plasticity: x from {@code at} on. */
    static void fixed(LifetimeBuffers m, int column, float[] x, int at, float[] sums) {
        int next = m.layout.blockRows * BLOCK_WIDTH;
        int from = m.layout.at(column, 0);
        int rows = m.layout.rows;
        float[] w = m.w;
        FloatVector fixed0 = FloatVector.zero(LANES);
        FloatVector fixed1 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.broadcast(LANES, x[at + r]);
            fixed0 = FloatVector.fromArray(LANES, w, from + r * BLOCK_WIDTH).fma(v, fixed0);
            fixed1 = FloatVector.fromArray(LANES, w, from + next + r * BLOCK_WIDTH)
                    .fma(v, fixed1);
        }
        fixed0.intoArray(sums, START);
        fixed1.intoArray(sums, START + BLOCK_WIDTH);
    }

    /** One of the sums, of one column block. */
    static FloatVector sum(float[] sums, int which, int offset) {
        return FloatVector.fromArray(LANES, sums, START + which * PAIR + offset);
    }
}
