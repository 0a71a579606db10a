package org.plastic4j.core.kernel.compiled;

import java.util.Map;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Variable;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.RuleLoops.Forward;

/** Assembles the steps forward. */
final class ForwardLoops extends LoopParts {
    private final LoopWidth width;

    ForwardLoops(RuleProgram program, LoopWidth width, RuleDump dump) {
        super(program, width.lanes(), dump);
        this.width = width;
    }

    /**
     * A step.
     *
     * @param updates whether it begins with the update of the step before
     * @param multiplies whether it ends with a product
     */
    Forward step(boolean updates, boolean multiplies) {
        int traces = program.next.size();
        int side = program.rows.size() + 1;
        int together = LoopWidth.together(operations(program.next));
        return assemble(name("forward", updates, multiplies), Forward.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int from = loop.integer();
            Int rowCount = loop.integer();
            Floats x = loop.floats();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Floats pre = loop.floats();
            Int preAt = loop.integer();
            Floats[] fixed = elements(loop, 0, FIXED, matrices);
            Floats[] trace = elements(loop, FIXED, traces, matrices);
            Floats[] parameters = elements(loop, FIXED + traces, program.matrices.size(), matrices);
            Map<Double, Bound> bounds = updates ? ConnectionCode.bounds(loop, program.next) : Map.of();
            Vector[] vectors = updates ? load(loop, 0, program.columns.size(), columnArrays, column) : new Vector[0];
            Variable[] sums = new Variable[together];
            for (int row = 0; row < together && multiplies; row++) {
                sums[row] = loop.let(row == 0 ? loop.load(pre, preAt) : loop.zero());
            }
            loop.loop(rowCount, together, r -> {
                Int at = loop.let(LoopWidth.index(from.plus(r.times(width.blockWidth()))));
                Int f = loop.let(LoopWidth.index(r.times(side)));
                for (int row = 0; row < together; row++) {
                    Int here = at.plus(row * width.blockWidth());
                    Vector hebb;
                    if (updates) {
                        ConnectionCode code = code(loop, program.next, bounds, trace, parameters, here);
                        putVectors(code, loop, x, f.plus(row * side), program.rows, vectors, program.columns);
                        Vector[] next = new Vector[traces];
                        for (int k = 0; k < traces; k++) {
                            next[k] = loop.let(code.of(program.next.get(k)));
                        }
                        for (int k = 0; k < traces; k++) {
                            loop.store(next[k], trace[k], here);
                        }
                        hebb = next[0];
                    } else {
                        hebb = loop.load(trace[0], here);
                    }
                    if (multiplies) {
                        Vector connection = loop.load(fixed[1], here).fma(hebb, loop.load(fixed[0], here));
                        Vector in = loop.broadcast(x, f.plus(row * side + program.rows.size()));
                        sums[row].set(connection.fma(in, sums[row]));
                    }
                }
            });
            if (multiplies) {
                loop.store(LoopBuilder.sum(sums), pre, preAt);
            }
        });
    }
}
