package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import java.util.List;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.kernel.compiled.FlatLoops;

/** In flat loops over tiles, which C2 makes vectors of by itself. */
final class VectorFlatGradient extends VectorRuleGradient {
    private final FlatLoops loops;
    private final VectorFlatTiles flat;
    private final List<Integer> deferred;
    private final int traces;
    private final int rowVectors;
    private final int totals;
    private final float[][] matrices;
    private final float[][] gradients;
    /** Of each tile. */
    private final float[][][] rows;
    /** Of the update, then of the deferred row gradient of the next step, then g. */
    private final float[][] columns;
    /** Of each tile totals of rows; and, the same for all, the gradients of column vectors. */
    private final float[][][] sums;

    private final float[][] results;
    /** The gradients of W and alpha. */
    private final float[][] ofProducts;

    VectorFlatGradient(RuleBuffers s) {
        super(s);
        loops = FlatLoops.of(s.program);
        flat = new VectorFlatTiles(m.layout);
        deferred = s.program.deferredColumns();
        traces = s.program.traces();
        rowVectors = s.program.rowCount(false);
        totals = 1 + s.program.rowGradientCount();
        matrices = flat.arrays(RuleBuffers.TRACES + traces + s.program.matrixCount());
        // Alpha's in the place of a shared alpha, which nothing reads any more when it is formed.
        ofProducts = new float[][] {d.w, d.alpha.length > 0 ? d.alpha : m.alpha};
        gradients = flat.arrays(Math.max(ofProducts.length, traces + s.program.matrixCount()));
        rows = flat.rowArrays(s.program.rowCount(true));
        columns = flat.arrays(vectors.columns().length + deferred.size() + 1);
        float[][] ofColumns = flat.arrays(s.program.columnCount());
        sums = new float[flat.tiles][][];
        for (int tile = 0; tile < flat.tiles; tile++) {
            sums[tile] = Arrays.copyOf(flat.arrays(totals), totals + ofColumns.length);
            System.arraycopy(ofColumns, 0, sums[tile], totals, ofColumns.length);
        }
        results = flat.arrays(traces + s.program.matrixCount() + loops.temporaries());
    }

    @Override
    void readRows(int t) {
        flat.readRows(vectors, t, t, s.program.rowCount(true), rows);
    }

    private void readColumns(int count, int t, int column) {
        for (int k = 0; k < count; k++) {
            VectorFlatTiles.columns(vectors.columns()[k], vectors.at(t) + column, columns[k]);
        }
    }

    @Override
    void replay(int panel, int step, float[][] from, int count, float[]... to) {
        float[][] before = Arrays.copyOf(from, from.length);
        int end = m.layout.start(panel) + m.layout.filled(panel);
        for (int k = 0; k < count; k++) {
            flat.readRows(vectors, step + k, step + k, rowVectors, rows);
            for (int column = m.layout.start(panel); column < end; column += VectorFlatTiles.WIDTH) {
                readColumns(s.program.columnCount(), step + k, column);
                for (int tile = 0; tile < flat.tiles; tile++) {
                    flat.load(before, RuleBuffers.TRACES, column, tile, matrices);
                    int length = flat.length(tile);
                    loops.update().run(matrices, gradients, rows[tile], columns, sums[tile], results, length);
                    for (int trace = 0; trace < traces; trace++) {
                        flat.store(results[trace], column, tile, to[k * traces + trace]);
                    }
                }
            }
            System.arraycopy(to, k * traces, before, RuleBuffers.TRACES, traces);
        }
    }

    @Override
    void pass(int panel, int t, int b, float[][] given) {
        for (int tile = 0; tile < flat.tiles; tile++) {
            for (int k = 0; k < totals; k++) {
                Arrays.fill(sums[tile][k], 0);
            }
        }
        int end = m.layout.start(panel) + m.layout.filled(panel);
        int later = Math.min(t + 1, m.steps);
        int ofUpdate = vectors.columns().length;
        for (int column = m.layout.start(panel); column < end; column += VectorFlatTiles.WIDTH) {
            readColumns(ofUpdate, t, column);
            for (int k = 0; k < deferred.size(); k++) {
                float[] vector = vectors.columns()[deferred.get(k)];
                VectorFlatTiles.columns(vector, vectors.at(later) + column, columns[ofUpdate + k]);
            }
            VectorFlatTiles.columns(d.g, m.row(later, b) + column, columns[columns.length - 1]);
            int columnSums = d.columnSums(t, b) + column;
            for (float[] sum : d.columnSums) {
                Arrays.fill(sum, columnSums, columnSums + VectorFlatTiles.WIDTH, 0);
            }
            for (int tile = 0; tile < flat.tiles; tile++) {
                pass(column, tile, t, b, given, columnSums);
            }
        }
        for (int tile = 0; tile < flat.tiles; tile++) {
            for (int k = 0; k < totals; k++) {
                flat.rowSums(sums[tile][k], tile, d.rowSums[k], d.rowSums(t, b, panel));
            }
        }
    }

    private void pass(int column, int tile, int t, int b, float[][] given, int columnSums) {
        float[][] ofLifetime = d.matrices[b];
        flat.load(given, 0, column, tile, matrices);
        flat.load(ofLifetime, 0, column, tile, gradients);
        FlatLoops.Loop loop = loops.backward(t, m.steps);
        loop.run(matrices, gradients, rows[tile], columns, sums[tile], results, flat.length(tile));
        int written = t > 0 ? ofLifetime.length : traces;
        for (int k = 0; k < written; k++) {
            flat.store(results[k], column, tile, ofLifetime[k]);
        }
        for (int k = 0; k < d.columnSums.length && t > 0; k++) {
            flat.addColumnSums(sums[tile][totals + k], tile, d.columnSums[k], columnSums);
        }
    }

    /** Shared out by blocks of columns, since every lifetime adds to them. */
    @Override
    void products(Partition ofThread, float[][][] firstTraces) {
        int threads = ofThread.group().size();
        int count = (m.n + VectorFlatTiles.WIDTH - 1) / VectorFlatTiles.WIDTH;
        int from = WorkerGroup.part(count, ofThread.member(), threads) * VectorFlatTiles.WIDTH;
        int end = WorkerGroup.part(count, ofThread.member() + 1, threads) * VectorFlatTiles.WIDTH;
        for (float[] gradient : ofProducts) {
            Arrays.fill(gradient, m.layout.at(from, 0), m.layout.at(end, 0), 0);
        }
        for (int b = 0; b < m.batch; b++) {
            addProducts(from, end, b, firstTraces[b]);
        }
        for (int column = from; column < end && d.alpha.length == 0; column++) {
            // In an order of its own, whatever the number of threads.
            double sum = 0;
            int lane = column % VectorFlatTiles.WIDTH;
            for (int i = 0; i < m.layout.rows; i++) {
                sum += m.alpha[m.layout.at(column - lane, i) + lane];
            }
            d.sharedAlpha[column] += sum;
        }
    }

    private void addProducts(int from, int end, int b, float[][] first) {
        vectors.turnTo(b);
        // No step backward needs what is stored there any more.
        float[][] current = checkpoints().first[0];
        int begin = m.layout.at(from, 0);
        for (int k = RuleBuffers.TRACES; k < RuleBuffers.TRACES + traces; k++) {
            System.arraycopy(first[k], begin, current[k], begin, m.layout.at(end, 0) - begin);
        }
        int g = s.program.columnCount();
        for (int t = 1; t <= m.steps; t++) {
            flat.readRows(vectors, t, t - 1, rowVectors, rows);
            for (int column = from; column < end; column += VectorFlatTiles.WIDTH) {
                readColumns(g, t, column);
                VectorFlatTiles.columns(d.g, m.row(t, b) + column, columns[g]);
                for (int tile = 0; tile < flat.tiles; tile++) {
                    addProducts(column, tile, current);
                }
            }
        }
    }

    private void addProducts(int column, int tile, float[][] current) {
        flat.load(current, RuleBuffers.TRACES, column, tile, matrices);
        flat.load(ofProducts, 0, column, tile, gradients);
        loops.ofProducts().run(matrices, gradients, rows[tile], columns, sums[tile], results, flat.length(tile));
        for (int k = 0; k < ofProducts.length; k++) {
            flat.store(gradients[k], column, tile, ofProducts[k]);
        }
        for (int k = 0; k < traces; k++) {
            flat.store(results[k], column, tile, current[RuleBuffers.TRACES + k]);
        }
    }
}
