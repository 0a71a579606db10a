package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors that an op takes, in their order: what errors call them and which shapes they have. The first gives the sizes
 * that are open, T and B, and the type; all others have to fit it.
 */
public record Signature(List<Input> inputs) {
    /** A size that is not known. */
    public static final long ANY = -1;
    /** T, the number of steps. */
    public static final long STEPS = -2;
    /** B, the number of lifetimes or pictures. */
    public static final long BATCH = -3;

    /** Copies the list. */
    public Signature {
        inputs = List.copyOf(inputs);
    }

    /**
     * A tensor that an op takes.
     *
     * @param label how errors name it
     * @param isDifferentiable whether it is a quantity; a choice, such as a mask, has no gradient
     * @param shape its sizes, {@link #STEPS} and {@link #BATCH} for those that the first input gives; empty for a tensor of
     *     one value
     */
    public record Input(String label, boolean isDifferentiable, List<Long> shape) {
        /** A quantity of this shape. */
        public static Input of(String label, long... shape) {
            return new Input(label, true, LongStream.of(shape).boxed().toList());
        }

        /** The same with T and B filled in. */
        public Input at(long steps, long batch) {
            return new Input(
                    label,
                    isDifferentiable,
                    shape.stream()
                            .map(size -> size == STEPS ? steps : size == BATCH ? batch : size)
                            .toList());
        }

        /** @throws IllegalArgumentException if an array has another shape */
        public void requireShape(String where, INDArray found) {
            requireShape(where, found.dataType(), found.shape());
        }

        private void requireShape(String where, DataType type, long... found) {
            boolean fits = shape.isEmpty()
                    ? LongStream.of(found).allMatch(size -> fits(1, size))
                    : shape.size() == found.length;
            for (int axis = 0; fits && axis < shape.size(); axis++) {
                fits = fits(shape.get(axis), found[axis]);
            }
            require(fits, where, label, description(), type, found);
        }

        /** Sizes that come from the first input may be any but 0. */
        private static boolean fits(long expected, long found) {
            return expected == found
                    || expected == ANY
                    || found == ANY
                    || (expected == STEPS || expected == BATCH) && found > 0;
        }

        private String description() {
            if (shape.isEmpty()) {
                return "one number";
            }
            List<String> sizes = shape.stream()
                    .map(size -> size == ANY ? "any" : size == STEPS ? "T" : size == BATCH ? "B" : size.toString())
                    .toList();
            boolean open = sizes.contains("B");
            return "shape " + sizes + (!open ? "" : sizes.contains("T") ? ", none of them 0" : ", B not 0");
        }

        /** @throws IllegalArgumentException if an array has another type than {@code model}, a tensor of this label */
        public void requireType(String where, INDArray found, DataType type, String model) {
            String owner = model.length() == 1 ? model : "the " + model;
            require(found.dataType() == type, where, label, "type " + type + " as " + owner + "'s", found);
        }

        /** @throws IllegalArgumentException if an array is neither of floats nor of doubles */
        public void requireFloating(String where, INDArray found) {
            boolean fits = found.dataType() == DataType.FLOAT || found.dataType() == DataType.DOUBLE;
            require(fits, where, label, "type FLOAT or DOUBLE", found);
        }
    }

    /** The input with this label. */
    public Input get(String label) {
        return inputs.stream()
                .filter(input -> input.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Those that have a gradient. */
    public List<Input> differentiable() {
        return inputs.stream().filter(Input::isDifferentiable).toList();
    }

    /**
     * Checks arrays when an op runs.
     *
     * @param arrays in the inputs' order; others may follow
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public void require(String op, List<INDArray> arrays) {
        INDArray first = arrays.get(0);
        inputs.get(0).requireShape(op, first);
        inputs.get(0).requireFloating(op, first);
        long steps = size(STEPS, first.shape());
        long batch = size(BATCH, first.shape());
        for (int i = 1; i < inputs.size(); i++) {
            inputs.get(i).at(steps, batch).requireShape(op, arrays.get(i));
            inputs.get(i)
                    .requireType(
                            op, arrays.get(i), first.dataType(), inputs.get(0).label());
        }
    }

    /**
     * Checks variables when a graph is built, as far as their shapes are known. Unrolled ops would broadcast some that do not
     * fit.
     *
     * @param where what takes them
     * @param variables in the inputs' order
     * @param steps T, or {@link #ANY}
     * @throws IllegalArgumentException if one has another shape
     */
    public void requireKnown(String where, List<SDVariable> variables, long steps) {
        long[] first = known(variables.get(0));
        long lifetimes = size(BATCH, first);
        for (int i = 0; i < inputs.size(); i++) {
            long[] found = known(variables.get(i));
            if (found != null) {
                Input expected =
                        inputs.get(i).at(i == 0 || steps != ANY ? steps : size(STEPS, first), i == 0 ? ANY : lifetimes);
                expected.requireShape(where, variables.get(i).dataType(), found);
            }
        }
    }

    /** The shape, with {@link #ANY} for sizes that are open; null if there is none before the graph runs. */
    private static long[] known(SDVariable variable) {
        return variable.getVariableType() == VariableType.ARRAY ? null : variable.getShape();
    }

    /** A size of a variable; {@link #ANY} if it is not known. */
    public static long knownSize(SDVariable variable, int axis) {
        long[] shape = known(variable);
        return shape == null || axis >= shape.length ? ANY : shape[axis];
    }

    /** T or B by the shape of the first input; {@link #ANY} if it has none. */
    public long size(long symbol, long... first) {
        int axis = inputs.get(0).shape().indexOf(symbol);
        return axis < 0 || first == null || axis >= first.length ? ANY : first[axis];
    }

    /**
     * Checks a tensor.
     *
     * @param holds whether it is as expected
     * @param where the op or execution that takes it
     * @param tensor its name
     * @param expected what it should be, such as "shape [2, 3]"
     * @throws IllegalArgumentException if it is not as expected
     */
    public static void require(boolean holds, String where, String tensor, String expected, INDArray found) {
        require(holds, where, tensor, expected, found.dataType(), found.shape());
    }

    private static void require(
            boolean holds, String where, String tensor, String expected, DataType type, long... shape) {
        if (!holds) {
            throw new IllegalArgumentException(where + ": " + tensor + ": expected " + expected + ", found " + type
                    + " " + Arrays.toString(shape) + ".");
        }
    }

    /** The same with another input at the end. */
    public Signature with(Input input) {
        List<Input> all = new ArrayList<>(inputs);
        all.add(input);
        return new Signature(all);
    }
}
