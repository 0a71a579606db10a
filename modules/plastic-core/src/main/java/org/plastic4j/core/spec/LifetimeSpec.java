package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * What a lifetime op computes. It is written into the op's arguments, the only part of an op that outlives SameDiff's
 * copying and saving of graphs.
 *
 * @param rule how the trace changes
 * @param alpha per connection, shared or absent
 * @param clamped whether the op has a clamp mask and values
 * @param startsFromY0 whether it has y0; zero otherwise
 * @param startsFromHebb0 whether it has hebb0; zero otherwise
 * @param startsFromEligibility0 whether it has eligibility0; zero otherwise
 */
public record LifetimeSpec(
        PlasticityRule rule,
        Alpha alpha,
        boolean clamped,
        boolean startsFromY0,
        boolean startsFromHebb0,
        boolean startsFromEligibility0) {
    private static final int NAMES = 2;
    private static final int FLAGS = 4;

    /** Whether there is a trace. */
    public boolean isPlastic() {
        return alpha != Alpha.ABSENT;
    }

    /** Whether there is a trace that is kept within a bound. */
    public boolean isBounded() {
        return isPlastic() && Double.isFinite(rule.bound());
    }

    /** The inputs the op has, in their order. */
    public List<Slot> inputs() {
        return inputs(ruleParameters().stream().map(Slot::of).toList());
    }

    /** The inputs without what the rule learns, for any rule. */
    public List<Slot> inputsOfLayer() {
        return inputs(List.of());
    }

    private List<Slot> inputs(List<Slot> ofRule) {
        List<Slot> slots = new ArrayList<>(List.of(Slot.DRIVE, Slot.W));
        if (isPlastic()) {
            slots.add(Slot.ALPHA);
            slots.addAll(ofRule);
        }
        if (clamped) {
            slots.addAll(List.of(Slot.MASK, Slot.VALUE));
        }
        if (startsFromY0) {
            slots.add(Slot.Y0);
        }
        if (startsFromHebb0) {
            slots.add(Slot.HEBB0);
        }
        if (startsFromEligibility0) {
            slots.add(Slot.ELIGIBILITY0);
        }
        return slots;
    }

    /** What the rule learns; nothing where the layer is not plastic. */
    public List<RuleParameter> ruleParameters() {
        return isPlastic() ? rule.parameters() : List.of();
    }

    /** How many outputs the op has: y, the Hebbian traces, the eligibility traces. */
    public int outputs() {
        return 1 + traces();
    }

    /** How many kinds of trace there are. */
    public int traces() {
        if (!isPlastic()) {
            return 0;
        }
        return rule.hasEligibility() ? 2 : 1;
    }

    public void writeTo(DynamicCustomOp op) {
        op.addSArgument(rule.key(), alpha.key());
        op.addBArgument(clamped, startsFromY0, startsFromHebb0, startsFromEligibility0);
        if (Double.isFinite(rule.bound())) {
            op.addTArgument(rule.bound());
        }
    }

    public static LifetimeSpec readFrom(DynamicCustomOp op) {
        String[] names = op.sArgs();
        boolean[] flags = op.bArgs();
        double[] numbers = op.tArgs();
        if (names.length != NAMES || flags.length != FLAGS) {
            throw new IllegalStateException("Op " + op.opName() + " " + op.getOwnName() + ": expected " + NAMES
                    + " names and " + FLAGS + " flags in its arguments, found " + names.length + " and " + flags.length
                    + "; the graph was saved by another version.");
        }
        PlasticityRule rule = PlasticityRule.of(names[0], numbers.length == 0 ? Double.NaN : numbers[0]);
        return new LifetimeSpec(rule, Alpha.of(names[1]), flags[0], flags[1], flags[2], flags[3]);
    }
}
