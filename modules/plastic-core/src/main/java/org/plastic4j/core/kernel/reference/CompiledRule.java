package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.kernel.compiled.RuleInterpreter;
import org.plastic4j.core.kernel.compiled.RuleProgram;

/** A rule without loops of its own here, by its intermediate form. */
final class CompiledRule implements ReferenceRule {
    private final RuleProgram program;
    private final RuleInterpreter rule;

    CompiledRule(RuleProgram program, RuleValues values) {
        this.program = program;
        rule = new RuleInterpreter(program, values.of(program.parameters()));
    }

    @Override
    public void advance(ReferenceTraces traces, double[] x, double[] y) {
        rule.advance(traces.kinds(), traces.states(), x, y);
    }

    @Override
    public void back(
            ReferenceTraces traces,
            double[] x,
            double[] y,
            ReferenceTraces gradients,
            double[] xGradient,
            double[] yGradient,
            RuleValues parameters) {
        rule.back(
                traces.kinds(),
                traces.states(),
                x,
                y,
                gradients.kinds(),
                gradients.states(),
                xGradient,
                yGradient,
                parameters.of(program.parameters()));
    }
}
