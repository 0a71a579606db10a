package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Variable;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.RuleLoops.Backward;

/** Assembles the steps backward. */
final class BackwardLoops extends LoopParts {
    private final List<Node> rowsOfGradients;
    private final List<Node> columnsOfGradients;
    private final List<Node> columnsOfDeferred;

    private final LoopWidth width;

    BackwardLoops(RuleProgram program, LoopWidth width, RuleDump dump) {
        super(program, width.lanes(), dump);
        this.width = width;
        rowsOfGradients = program.rowsOfGradients();
        columnsOfGradients = program.columnsOfGradients();
        columnsOfDeferred = program.columnsOfDeferred();
    }

    /**
     * A step.
     *
     * @param updates whether it goes back through an update
     * @param multiplies whether the next step has a product
     */
    Backward step(boolean updates, boolean multiplies) {
        int traces = program.next.size();
        int parameterCount = program.matrices.size();
        List<Node> rowNodes = updates ? rowsOfGradients : List.of();
        int side = rowsOfGradients.size() + 1;
        Node deferred = program.deferredRowGradient;
        boolean defers = multiplies && deferred != null;
        List<RuleProgram.RowGradient> rowGradients = updates && deferred == null ? program.rowGradients : List.of();
        List<Node> roots = new ArrayList<>();
        if (updates) {
            roots.addAll(program.next.subList(0, multiplies ? 1 : 0));
            roots.addAll(program.traceGradients);
            roots.addAll(program.columnGradients);
            roots.addAll(program.matrixGradients);
            rowGradients.forEach(row -> roots.add(row.gradient()));
        }
        int together = LoopWidth.together(operations(roots));
        return assemble(name("backward", updates, multiplies), Backward.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            LoopBuilder.FloatArrays gradientArrays = loop.arrays();
            Int from = loop.integer();
            Int rowCount = loop.integer();
            Floats x = loop.floats();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Int laterAt = loop.integer();
            Floats g = loop.floats();
            Int gAt = loop.integer();
            LoopBuilder.FloatArrays totalArrays = loop.arrays();
            LoopBuilder.FloatArrays sumArrays = loop.arrays();
            Int sumAt = loop.integer();
            Floats[] fixed = elements(loop, 0, FIXED, matrices);
            Floats[] trace = elements(loop, FIXED, traces, matrices);
            Floats[] parameters = elements(loop, FIXED + traces, updates ? parameterCount : 0, matrices);
            Floats[] gradients = elements(loop, 0, traces + (updates ? parameterCount : 0), gradientArrays);
            Floats[] totals = elements(loop, 0, 1 + rowGradients.size(), totalArrays);
            Map<Double, Bound> bounds = ConnectionCode.bounds(loop, roots);
            Vector[] vectors = updates ? load(loop, 0, columnsOfGradients.size(), columnArrays, column) : new Vector[0];
            Vector[] later = defers
                    ? load(loop, columnsOfGradients.size(), columnsOfDeferred.size(), columnArrays, laterAt)
                    : new Vector[0];
            Vector g1 = multiplies ? loop.let(loop.load(g, gAt)) : null;
            // Vectors have enough to do beside one sum of each kind.
            Variable[] sums = new Variable[program.columns.size()];
            for (int k = 0; k < sums.length && updates; k++) {
                sums[k] = loop.let(loop.zero());
            }
            loop.loop(rowCount, together, r -> {
                Int at = loop.let(LoopWidth.index(from.plus(r.times(width.blockWidth()))));
                Int f = loop.let(LoopWidth.index(r.times(side)));
                Int total = loop.let(LoopWidth.index(r.times(width.nextTotal())));
                for (int row = 0; row < together; row++) {
                    Int here = at.plus(row * width.blockWidth());
                    Int totalAt = total.plus(row * width.nextTotal());
                    Vector[] passed = new Vector[traces];
                    for (int k = 0; k < traces; k++) {
                        passed[k] = loop.let(loop.load(gradients[k], here));
                    }
                    ConnectionCode code = code(loop, roots, bounds, updates ? trace : new Floats[0], parameters, here);
                    putVectors(
                            code,
                            loop,
                            x,
                            f.plus(row * side),
                            rowNodes,
                            vectors,
                            updates ? columnsOfGradients : List.of());
                    Vector ofHebb = passed[0];
                    if (multiplies) {
                        Vector alpha = loop.let(loop.load(fixed[1], here));
                        Vector hebb = updates ? code.of(program.next.get(0)) : loop.load(trace[0], here);
                        Vector sum = loop.load(totals[0], totalAt);
                        if (defers) {
                            ConnectionCode behind = new ConnectionCode(loop, List.of(deferred), Map.of());
                            for (int k = 0; k < traces; k++) {
                                behind.put(gradient(k), passed[k]);
                            }
                            putVectors(behind, loop, x, f, List.of(), later, columnsOfDeferred);
                            sum = behind.added(deferred, sum);
                        }
                        Vector connection = alpha.fma(hebb, loop.load(fixed[0], here));
                        loop.store(connection.fma(g1, sum), totals[0], totalAt);
                        Vector in = loop.broadcast(x, f.plus(row * side + side - 1));
                        ofHebb = loop.let(alpha.fma(g1.mul(in), passed[0]));
                    }
                    if (!updates) {
                        loop.store(ofHebb, gradients[0], here);
                        continue;
                    }
                    code.put(gradient(0), ofHebb);
                    for (int k = 1; k < traces; k++) {
                        code.put(gradient(k), passed[k]);
                    }
                    Vector[] next = new Vector[traces];
                    for (int k = 0; k < traces; k++) {
                        next[k] = loop.let(code.of(program.traceGradients.get(k)));
                    }
                    for (int k = 0; k < traces; k++) {
                        loop.store(next[k], gradients[k], here);
                    }
                    for (int k = 0; k < rowGradients.size(); k++) {
                        Vector sum = code.added(rowGradients.get(k).gradient(), loop.load(totals[k + 1], totalAt));
                        loop.store(sum, totals[k + 1], totalAt);
                    }
                    for (int k = 0; k < sums.length; k++) {
                        sums[k].set(code.added(program.columnGradients.get(k), sums[k]));
                    }
                    for (int k = 0; k < parameterCount; k++) {
                        Floats to = gradients[traces + k];
                        loop.store(code.added(program.matrixGradients.get(k), loop.load(to, here)), to, here);
                    }
                }
            });
            for (int k = 0; k < sums.length && updates; k++) {
                loop.store(sums[k], loop.element(sumArrays, loop.constant(k)), sumAt);
            }
        });
    }
}
