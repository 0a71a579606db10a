package org.plastic4j.core.readout;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.fused.ReadoutSlot;
import org.plastic4j.core.fused.TensorCheck;
import org.plastic4j.core.rule.RuleParameter;

/**
 * Refuses variables of which the shape is known when the graph is built and does not fit. Plain ops would broadcast
 * some of them and compute something else.
 */
final class ReadoutShapes {
    /** A size that is not known. */
    static final long ANY = -1;

    private final String execution;

    private ReadoutShapes(String execution) {
        this.execution = execution;
    }

    /**
     * Checks all variables.
     *
     * @param steps T, or {@code ANY}
     */
    static void require(
            String execution, PlasticReadout readout, PlasticParameters parameters, ReadoutInputs inputs, long steps) {
        ReadoutShapes shapes = new ReadoutShapes(execution);
        long m = readout.inputs();
        long n = readout.outputs();
        shapes.require(ReadoutSlot.W, parameters.w(), m, n);
        parameters.plastic().ifPresent(plastic -> {
            if (readout.alpha() == Alpha.SHARED) {
                shapes.requireOneNumber(ReadoutSlot.ALPHA, plastic.alpha());
            } else {
                shapes.require(ReadoutSlot.ALPHA, plastic.alpha(), m, n);
            }
            shapes.requireOneNumber(ReadoutSlot.ETA, plastic.rule().get(RuleParameter.ETA));
        });
        shapes.require(ReadoutSlot.X, inputs.x(), steps, ANY, m);
        long[] x = known(inputs.x());
        long lifetimes = x == null ? ANY : x[1];
        shapes.require(ReadoutSlot.DRIVE, inputs.drive(), steps == ANY && x != null ? x[0] : steps, lifetimes, n);
        if (readout.isPlastic()) {
            inputs.hebb0().ifPresent(hebb0 -> shapes.require(ReadoutSlot.HEBB0, hebb0, lifetimes, m, n));
        }
    }

    private void require(ReadoutSlot slot, SDVariable variable, long... expected) {
        long[] found = known(variable);
        if (found == null) {
            return;
        }
        boolean fits = found.length == expected.length;
        for (int axis = 0; fits && axis < expected.length; axis++) {
            fits = expected[axis] == ANY || found[axis] == ANY || found[axis] == expected[axis];
        }
        TensorCheck.require(fits, execution, slot.label(), "shape " + named(expected), variable.dataType(), found);
    }

    private void requireOneNumber(ReadoutSlot slot, SDVariable variable) {
        long[] found = known(variable);
        if (found != null) {
            boolean fits = LongStream.of(found).allMatch(size -> size == 1 || size == ANY);
            TensorCheck.require(fits, execution, slot.label(), "one number", variable.dataType(), found);
        }
    }

    private static String named(long... expected) {
        return Arrays.toString(LongStream.of(expected)
                .mapToObj(size -> size == ANY ? "any" : Long.toString(size))
                .toArray());
    }

    /** The shape, with -1 for sizes that are open; null if there is none before the graph runs. */
    private static long[] known(SDVariable variable) {
        return variable.getVariableType() == VariableType.ARRAY ? null : variable.getShape();
    }
}
