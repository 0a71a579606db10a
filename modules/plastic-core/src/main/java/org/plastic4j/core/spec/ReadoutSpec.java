package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * What a readout op computes. It is written into the op's arguments, the only part of an op that outlives SameDiff's
 * copying and saving of graphs.
 *
 * @param readout the layer
 * @param startsFromHebb0 whether the op has hebb0; zero otherwise
 */
public record ReadoutSpec(PlasticReadout readout, boolean startsFromHebb0) {
    /** A readout that is not plastic has no trace to start from. */
    public ReadoutSpec {
        Objects.requireNonNull(readout, "readout");
        if (startsFromHebb0 && !readout.isPlastic()) {
            throw new IllegalArgumentException(
                    "ReadoutSpec: expected no hebb0 for a readout with alpha absent, found one.");
        }
    }

    /** Whether there is a trace. */
    public boolean isPlastic() {
        return readout.isPlastic();
    }

    /** The inputs the op has, in their order. */
    public List<ReadoutSlot> inputs() {
        List<ReadoutSlot> slots = new ArrayList<>(List.of(ReadoutSlot.X, ReadoutSlot.DRIVE, ReadoutSlot.W));
        if (isPlastic()) {
            slots.addAll(List.of(ReadoutSlot.ALPHA, ReadoutSlot.ETA));
        }
        if (startsFromHebb0) {
            slots.add(ReadoutSlot.HEBB0);
        }
        return slots;
    }

    public void writeTo(DynamicCustomOp op) {
        op.addSArgument(readout.rule().key(), readout.alpha().key());
        op.addIArgument(readout.inputs(), readout.outputs());
        op.addBArgument(startsFromHebb0);
    }

    public static ReadoutSpec readFrom(DynamicCustomOp op) {
        String[] names = op.sArgs();
        long[] sizes = op.iArgs();
        boolean[] flags = op.bArgs();
        if (names.length != 2 || sizes.length != 2 || flags.length != 1) {
            throw new IllegalStateException("Op " + op.opName() + " " + op.getOwnName()
                    + ": expected 2 names, 2 sizes and 1 flag in its arguments, found " + names.length + ", "
                    + sizes.length + " and " + flags.length + "; the graph was saved by another version.");
        }
        PlasticReadout readout = new PlasticReadout(
                Math.toIntExact(sizes[0]),
                Math.toIntExact(sizes[1]),
                Alpha.of(names[1]),
                PlasticityRule.of(names[0], Double.NaN));
        return new ReadoutSpec(readout, flags[0]);
    }
}
