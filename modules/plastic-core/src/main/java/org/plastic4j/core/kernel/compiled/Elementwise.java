package org.plastic4j.core.kernel.compiled;

/** What elementwise nodes compute, of numbers: the definition of the intermediate form. */
final class Elementwise {
    private Elementwise() {}

    /** The value of a node from those of its arguments; of inputs and sums there is none. */
    static double compute(Node node, double... in) {
        return switch (node.op) {
            case CONSTANT -> node.value;
            case ADD -> in[0] + in[1];
            case MUL -> in[0] * in[1];
            case DIV -> in[0] / in[1];
            case MIN -> Math.min(in[0], in[1]);
            case MAX -> Math.max(in[0], in[1]);
            case LESS -> in[0] < in[1] ? 1 : 0;
            case LESS_OR_EQUAL -> in[0] <= in[1] ? 1 : 0;
            case EQUAL -> in[0] == in[1] ? 1 : 0;
            case ABS -> Math.abs(in[0]);
            case SIGN -> Math.signum(in[0]);
            case SQRT -> Math.sqrt(in[0]);
            case EXP -> Math.exp(in[0]);
            case LOG -> Math.log(in[0]);
            case TANH -> Math.tanh(in[0]);
            case SIGMOID -> 1 / (1 + Math.exp(-in[0]));
            case SELECT -> in[0] != 0 ? in[1] : in[2];
            case CLIP, CLIP_OPEN -> Math.min(Math.max(in[0], -node.value), node.value);
            case WITHIN -> Math.abs(in[0]) <= node.value ? in[1] : 0;
            case INSIDE -> Math.abs(in[0]) < node.value ? in[1] : 0;
            case INPUT, SUM -> throw new AssertionError("not computed from numbers: " + node);
        };
    }
}
