package org.plastic4j.core.spec;

import static org.plastic4j.core.spec.Signature.BATCH;
import static org.plastic4j.core.spec.Signature.STEPS;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.spec.Signature.Input;

/**
 * What an op of lifetimes computes. It is written into the op's arguments, the only part of an op that outlives SameDiff's
 * copying and saving of graphs.
 *
 * @param layer the recurrent cell or the readout
 * @param given which of the inputs it has that an op may leave out: {@link Slot#MASK} for a clamp, {@link Slot#Y0}, {@link
 *     Slot#HEBB0} and {@link Slot#ELIGIBILITY0} for a state to begin from, which is zero otherwise
 */
public record LifetimeSpec(PlasticLayer layer, Set<Slot> given) {
    private static final int NAMES = 2;
    /** In the order of the flags among an op's arguments. */
    private static final List<Slot> OPTIONAL_OF_CELLS = List.of(Slot.MASK, Slot.Y0, Slot.HEBB0, Slot.ELIGIBILITY0);

    private static final List<Slot> OPTIONAL_OF_READOUTS = List.of(Slot.HEBB0);

    /**
     * Checks what is given.
     *
     * @throws IllegalArgumentException if there is something that the layer cannot have
     */
    public LifetimeSpec {
        given = Set.copyOf(given);
        for (Slot slot : given) {
            if (!mayHave(layer, slot)) {
                throw new IllegalArgumentException(
                        "LifetimeSpec: expected no " + slot.label() + " for " + layer.description() + ", found one.");
            }
        }
    }

    /** Lifetimes that begin from rest, and have nothing clamped. */
    public static LifetimeSpec of(PlasticLayer layer) {
        return new LifetimeSpec(layer, Set.of());
    }

    private static List<Slot> optional(PlasticLayer layer) {
        return layer instanceof PlasticReadout ? OPTIONAL_OF_READOUTS : OPTIONAL_OF_CELLS;
    }

    /** Whether it is an input that lifetimes of such a layer may have or leave out. */
    static boolean mayHave(PlasticLayer layer, Slot slot) {
        int traces = slot == Slot.ELIGIBILITY0 ? 2 : slot == Slot.HEBB0 ? 1 : 0;
        return optional(layer).contains(slot) && traces <= layer.traces();
    }

    /** How the trace changes. */
    public PlasticityRule rule() {
        return layer.rule();
    }

    /** Per connection, shared or absent. */
    public Alpha alpha() {
        return layer.alpha();
    }

    /** Whether there is a trace. */
    public boolean isPlastic() {
        return layer.isPlastic();
    }

    /** Whether the layer is a readout, whose pre-synaptic activity comes in as x. */
    public boolean isReadout() {
        return layer instanceof PlasticReadout;
    }

    /** The inputs of the op, in their order. */
    public Signature signature() {
        long m = layer.inputs();
        long n = layer.outputs();
        List<Input> inputs = new ArrayList<>();
        if (isReadout()) {
            inputs.add(Input.of(Slot.X.label(), STEPS, BATCH, m));
        }
        inputs.add(Input.of(Slot.DRIVE.label(), STEPS, BATCH, n));
        inputs.add(Input.of(Slot.W.label(), m, n));
        if (isPlastic()) {
            inputs.add(alpha() == Alpha.SHARED ? Input.of(Slot.ALPHA.label()) : Input.of(Slot.ALPHA.label(), m, n));
        }
        for (RuleParameter parameter : layer.ruleParameters()) {
            inputs.add(
                    parameter.size() == RuleParameter.Size.ONE
                            ? Input.of(parameter.key())
                            : Input.of(parameter.key(), parameter.shape(layer.inputs(), layer.outputs())));
        }
        if (given.contains(Slot.MASK)) {
            // The mask is a choice, not a quantity.
            inputs.add(new Input(Slot.MASK.label(), false, List.of(STEPS, BATCH, n)));
            inputs.add(Input.of(Slot.VALUE.label(), STEPS, BATCH, n));
        }
        if (given.contains(Slot.Y0)) {
            inputs.add(Input.of(Slot.Y0.label(), BATCH, n));
        }
        for (Slot trace : List.of(Slot.HEBB0, Slot.ELIGIBILITY0)) {
            if (given.contains(trace)) {
                inputs.add(Input.of(trace.label(), BATCH, m, n));
            }
        }
        return new Signature(inputs);
    }

    /** The slots of these inputs. */
    public List<Slot> inputs() {
        return signature().inputs().stream()
                .map(input -> Slot.of(input.label()))
                .toList();
    }

    /** How many kinds of trace there are. */
    public int traces() {
        return layer.traces();
    }

    /** The shapes of the outputs: y [T, B, n], the Hebbian traces and the eligibility traces, each [B, m, n]. */
    public List<long[]> outputShapes(long steps, long batch) {
        List<long[]> shapes = new ArrayList<>();
        shapes.add(new long[] {steps, batch, layer.outputs()});
        for (int k = 0; k < traces(); k++) {
            shapes.add(new long[] {batch, layer.inputs(), layer.outputs()});
        }
        return shapes;
    }

    public void writeTo(DynamicCustomOp op) {
        op.addSArgument(rule().key(), alpha().key());
        if (isReadout()) {
            op.addIArgument(layer.inputs());
        }
        op.addIArgument(layer.outputs());
        optional(layer).forEach(slot -> op.addBArgument(given.contains(slot)));
        if (Double.isFinite(rule().bound())) {
            op.addTArgument(rule().bound());
        }
    }

    public static LifetimeSpec readFrom(DynamicCustomOp op) {
        String[] names = op.sArgs();
        long[] sizes = op.iArgs();
        boolean[] flags = op.bArgs();
        double[] bound = op.tArgs();
        boolean readout = sizes.length == 2;
        List<Slot> optional = readout ? OPTIONAL_OF_READOUTS : OPTIONAL_OF_CELLS;
        if (names.length != NAMES || sizes.length < 1 || sizes.length > 2 || flags.length != optional.size()) {
            throw new IllegalStateException("Op " + op.opName() + " " + op.getOwnName() + ": expected 2 names, 1 size"
                    + " and 4 flags of a cell, or 2 sizes and 1 flag of a readout, in its arguments, found "
                    + names.length + ", " + sizes.length + " and " + flags.length
                    + "; the graph was saved by another version.");
        }
        PlasticityRule rule = PlasticityRule.of(names[0], bound.length == 0 ? Double.NaN : bound[0]);
        Alpha alpha = Alpha.of(names[1]);
        int last = Math.toIntExact(sizes[sizes.length - 1]);
        PlasticLayer layer = readout
                ? new PlasticReadout(Math.toIntExact(sizes[0]), last, alpha, rule)
                : new PlasticCell(last, alpha, rule);
        Set<Slot> given = EnumSet.noneOf(Slot.class);
        for (int k = 0; k < flags.length; k++) {
            if (flags[k]) {
                given.add(optional.get(k));
            }
        }
        return new LifetimeSpec(layer, given);
    }
}
