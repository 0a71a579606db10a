package org.plastic4j.core.fused;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * What a lifetime op computes. It is written into the op's arguments, the only part of an op that outlives SameDiff's
 * copying and saving of graphs.
 *
 * @param rule how the trace changes
 * @param alpha per connection, shared or absent
 * @param clamped whether the op has a clamp mask and values
 * @param startsFromY0 whether it has y0; zero otherwise
 * @param startsFromHebb0 whether it has hebb0; zero otherwise
 */
public record LifetimeSpec(
        PlasticityRule rule, Alpha alpha, boolean clamped, boolean startsFromY0, boolean startsFromHebb0) {

    /** Whether there is a trace. */
    public boolean isPlastic() {
        return alpha != Alpha.ABSENT;
    }

    /** The inputs the op has, in their order. */
    public List<Slot> inputs() {
        List<Slot> slots = new ArrayList<>(List.of(Slot.DRIVE, Slot.W));
        if (isPlastic()) {
            slots.addAll(List.of(Slot.ALPHA, Slot.ETA));
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
        return slots;
    }

    void writeTo(DynamicCustomOp op) {
        op.addSArgument(rule.key(), alpha.key());
        op.addBArgument(clamped, startsFromY0, startsFromHebb0);
    }

    static LifetimeSpec readFrom(DynamicCustomOp op) {
        String[] names = op.sArgs();
        boolean[] flags = op.bArgs();
        if (names.length != 2 || flags.length != 3) {
            throw new IllegalStateException("Op " + op.opName() + " " + op.getOwnName()
                    + ": expected 2 names and 3 flags in its arguments, found " + names.length + " and " + flags.length
                    + "; the graph was saved by another version.");
        }
        return new LifetimeSpec(PlasticityRule.of(names[0]), Alpha.of(names[1]), flags[0], flags[1], flags[2]);
    }
}
