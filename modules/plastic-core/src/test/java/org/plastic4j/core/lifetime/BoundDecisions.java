package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Which traces of a case a float and a double execution clip at the hard bound. The gradient jumps where a trace leaves
 * its bound: where rounding decides, the two may differ by much more than rounding, and both are right.
 *
 * @param apart how many traces, of all connections and steps, one execution clips and the other does not
 * @param margin how far, at most, the double execution has such a trace from the bound before it is clipped
 */
record BoundDecisions(int apart, double margin) {
    /** Steps both executions side by side. */
    static BoundDecisions of(LifetimeCase lifetimes) {
        Execution inFloat = new Execution(lifetimes, DataType.FLOAT);
        Execution inDouble = new Execution(lifetimes, DataType.DOUBLE);
        int apart = 0;
        double margin = 0;
        for (int t = 0; t < lifetimes.steps(); t++) {
            double[] floats = inFloat.unclipped(t);
            double[] doubles = inDouble.unclipped(t);
            for (int k = 0; k < floats.length; k++) {
                if (inFloat.clips(floats[k]) != inDouble.clips(doubles[k])) {
                    apart++;
                    margin = Math.max(margin, Math.abs(Math.abs(doubles[k]) - inDouble.bound));
                }
            }
        }
        return new BoundDecisions(apart, margin);
    }

    /** Steps the case, and, beside it, every step from the same state without a bound. */
    private static final class Execution {
        private static final double NO_BOUND = 1e30;

        final double bound;
        private final LifetimeCase lifetimes;
        private final DataType type;
        private final LifetimeStepper bounded;
        private final LifetimeStepper unbounded;

        Execution(LifetimeCase lifetimes, DataType type) {
            this.lifetimes = lifetimes;
            this.type = type;
            PlasticCell cell = lifetimes.cell();
            PlasticityRule free = PlasticityRule.of(cell.rule().key(), NO_BOUND);
            bound = type == DataType.FLOAT
                    ? (float) cell.rule().bound()
                    : cell.rule().bound();
            bounded = SteppedCase.begin(lifetimes, type);
            unbounded = SteppedCase.begin(
                    new LifetimeCase(
                            new PlasticCell(cell.neurons(), cell.alpha(), free),
                            lifetimes.clamped(),
                            lifetimes.fromState(),
                            lifetimes.arrays()),
                    type);
        }

        boolean clips(double trace) {
            return Math.abs(trace) > bound;
        }

        /** The traces after step t, before they are clipped. */
        double[] unclipped(int t) {
            unbounded.restore(bounded.state());
            SteppedCase.step(unbounded, lifetimes, t, SteppedCase.at(lifetimes, "u", t, type));
            SteppedCase.step(bounded, lifetimes, t, SteppedCase.at(lifetimes, "u", t, type));
            double[] unclipped = traces(unbounded);
            double[] clipped = unclipped.clone();
            Arrays.setAll(clipped, k -> Math.max(-bound, Math.min(bound, unclipped[k])));
            assertThat(Arrays.equals(traces(bounded), clipped))
                    .as("the bounded traces of step %d are the unbounded ones, clipped", t)
                    .isTrue();
            return unclipped;
        }

        private static double[] traces(LifetimeStepper stepper) {
            return stepper.state().hebb().orElseThrow().dup('c').data().asDouble();
        }
    }
}
