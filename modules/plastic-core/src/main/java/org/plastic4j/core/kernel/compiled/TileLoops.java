package org.plastic4j.core.kernel.compiled;

import java.util.List;
import java.util.Map;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Variable;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.Node.Source;
import org.plastic4j.core.kernel.compiled.RuleLoops.Products;
import org.plastic4j.core.kernel.compiled.RuleLoops.Replay;

/** Assembles the loops that go from step to step with the traces of a few rows in registers. */
final class TileLoops extends LoopParts {
    private final List<Node> rows;
    private final List<Node> columns;
    private final int tileRows;

    private final LoopWidth width;

    TileLoops(RuleProgram program, LoopWidth width, RuleDump dump) {
        super(program, width.lanes(), dump);
        this.width = width;
        rows = program.rows;
        columns = program.columns;
        tileRows = LoopWidth.tileRows(operations(program.next));
    }

    int rowsAtATime() {
        return tileRows;
    }

    /** The traces of a tile in registers, and how they go on from step to step. */
    private final class Tile {
        private final LoopBuilder loop;
        private final Map<Double, Bound> bounds;
        final Variable[][] traces = new Variable[tileRows][program.next.size()];
        private final Vector[][] parameters = new Vector[tileRows][program.matrices.size()];

        Tile(LoopBuilder loop, LoopBuilder.FloatArrays matrices, Int tile) {
            this.loop = loop;
            bounds = ConnectionCode.bounds(loop, program.next);
            int count = program.next.size();
            Floats[] arrays = elements(loop, FIXED, count + program.matrices.size(), matrices);
            for (int row = 0; row < tileRows; row++) {
                for (int k = 0; k < count; k++) {
                    traces[row][k] = loop.let(loop.load(arrays[k], tile.plus(row * width.blockWidth())));
                }
                for (int k = 0; k < parameters[row].length; k++) {
                    parameters[row][k] = loop.let(loop.load(arrays[count + k], tile.plus(row * width.blockWidth())));
                }
            }
        }

        /** Reads a step's column vectors. */
        Vector[] columnsAt(Floats[] arrays, Int at) {
            Vector[] vectors = new Vector[columns.size()];
            for (int c = 0; c < vectors.length; c++) {
                vectors[c] = loop.let(loop.load(arrays[c], at));
            }
            return vectors;
        }

        /**
         * From the traces of a row to the next.
         *
         * @param x what came into the step, if that is known
         */
        void advance(int row, Floats[] rowVectors, Int rowAt, Vector[] columnVectors, Vector x) {
            ConnectionCode code = new ConnectionCode(loop, program.next, bounds);
            for (int k = 0; k < traces[row].length; k++) {
                code.put(trace(k), traces[row][k]);
            }
            for (int k = 0; k < parameters[row].length; k++) {
                code.put(parameter(k), parameters[row][k]);
            }
            for (int k = 0; k < rowVectors.length; k++) {
                boolean isX = x != null && rows.get(k) == program.nodes.input(Source.PRE, 0, Node.ROWS);
                code.put(rows.get(k), isX ? x : loop.let(loop.broadcast(rowVectors[k], rowAt.plus(row))));
            }
            for (int k = 0; k < columnVectors.length; k++) {
                code.put(columns.get(k), columnVectors[k]);
            }
            if (traces[row].length == 1) {
                traces[row][0].set(code.of(program.next.get(0)));
                return;
            }
            Vector[] next = new Vector[traces[row].length];
            for (int k = 0; k < next.length; k++) {
                next[k] = loop.let(code.of(program.next.get(k)));
            }
            for (int k = 0; k < next.length; k++) {
                traces[row][k].set(next[k]);
            }
        }
    }

    Replay replay() {
        return assemble("replay", Replay.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int tileAt = loop.integer();
            LoopBuilder.FloatArrays rowArrays = loop.arrays();
            Int row = loop.integer();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Int next = loop.integer();
            Int count = loop.integer();
            LoopBuilder.FloatArrays to = loop.arrays();
            Int at = loop.let(LoopWidth.index(tileAt));
            Tile tile = new Tile(loop, matrices, at);
            Floats[] rowVectors = elements(loop, 0, rows.size(), rowArrays);
            Floats[] columnVectors = elements(loop, 0, columns.size(), columnArrays);
            loop.loop(count, 1, k -> {
                Vector[] ofStep = tile.columnsAt(columnVectors, loop.let(LoopWidth.index(column.plus(k.times(next)))));
                Int rowAt = loop.let(LoopWidth.index(row.plus(k.times(next))));
                for (int r = 0; r < tileRows; r++) {
                    tile.advance(r, rowVectors, rowAt, ofStep, null);
                }
                for (int trace = 0; trace < program.next.size(); trace++) {
                    Floats target =
                            loop.element(to, k.times(program.next.size()).plus(trace));
                    for (int r = 0; r < tileRows; r++) {
                        loop.store(tile.traces[r][trace], target, at.plus(r * width.blockWidth()));
                    }
                }
            });
        });
    }

    Products products() {
        return assemble("products", Products.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int tileAt = loop.integer();
            LoopBuilder.FloatArrays rowArrays = loop.arrays();
            Int row = loop.integer();
            Floats x = loop.floats();
            Int xAt = loop.integer();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Floats g = loop.floats();
            Int gAt = loop.integer();
            Int next = loop.integer();
            Int count = loop.integer();
            Floats w = loop.floats();
            Floats alpha = loop.floats();
            Int alphaAt = loop.integer();
            Int at = loop.let(LoopWidth.index(tileAt));
            Tile tile = new Tile(loop, matrices, at);
            Floats[] rowVectors = elements(loop, 0, rows.size(), rowArrays);
            Floats[] columnVectors = elements(loop, 0, columns.size(), columnArrays);
            Variable[] dw = new Variable[tileRows];
            Variable[] dalpha = new Variable[tileRows];
            for (int r = 0; r < tileRows; r++) {
                dw[r] = loop.let(loop.load(w, at.plus(r * width.blockWidth())));
                dalpha[r] = loop.let(loop.load(alpha, alphaAt.plus(r * width.blockWidth())));
            }
            loop.loop(count, 1, k -> {
                Int further = loop.let(k.times(next));
                Vector gradient = loop.let(loop.load(g, LoopWidth.index(gAt.plus(further))));
                Vector[] ofStep = tile.columnsAt(columnVectors, loop.let(LoopWidth.index(column.plus(further))));
                Int inputAt = loop.let(LoopWidth.index(xAt.plus(further)));
                Int rowAt = loop.let(LoopWidth.index(row.plus(further)));
                for (int r = 0; r < tileRows; r++) {
                    Vector input = loop.let(loop.broadcast(x, inputAt.plus(r)));
                    Vector product = loop.let(input.mul(gradient));
                    // Not one multiplication and addition each: some processors add beside them.
                    dw[r].set(dw[r].add(product));
                    dalpha[r].set(tile.traces[r][0].fma(product, dalpha[r]));
                    tile.advance(r, rowVectors, rowAt, ofStep, input);
                }
            });
            for (int r = 0; r < tileRows; r++) {
                loop.store(dw[r], w, at.plus(r * width.blockWidth()));
                loop.store(dalpha[r], alpha, alphaAt.plus(r * width.blockWidth()));
            }
        });
    }
}
