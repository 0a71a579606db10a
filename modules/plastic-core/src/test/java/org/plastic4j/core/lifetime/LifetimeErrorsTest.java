package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/** Tensors that do not fit, or are no numbers, are refused by name, whichever rule and input it is. */
class LifetimeErrorsTest {
    private static final int STEPS = 5;
    private static final int BATCH = 2;
    private static final int N = 6;
    private static final List<String> RULES = List.of(
            "decaying_hebb",
            "oja",
            "hard_bound",
            "soft_bound",
            "neuromodulated",
            "neuromodulated_fan_out",
            "retroactive");

    /** An input of a fused lifetime; errors have another name for some than the tests' graphs. */
    record Input(PlasticCell cell, String name) {
        String label() {
            return switch (name) {
                case "u" -> "drive";
                case "value" -> "clamped value";
                case "clamp" -> "clamp mask";
                default -> name;
            };
        }

        @Override
        public String toString() {
            return cell.rule().key() + " " + cell.alpha().key() + " " + name;
        }
    }

    private static List<Input> inputs(PlasticCell cell) {
        List<String> names = new ArrayList<>(List.of("u", "clamp", "value", "y0", "w"));
        if (cell.isPlastic()) {
            names.addAll(List.of("hebb0", "alpha"));
            cell.ruleParameters().forEach(parameter -> names.add(parameter.key()));
        }
        if (cell.hasEligibility()) {
            names.add("eligibility0");
        }
        return names.stream().map(name -> new Input(cell, name)).toList();
    }

    static Stream<Input> everyInputOfEveryRule() {
        List<Input> all = new ArrayList<>();
        for (String rule : RULES) {
            all.addAll(inputs(new PlasticCell(N, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5))));
        }
        PlasticityRule rule = PlasticityRule.of("oja", 1);
        all.add(new Input(new PlasticCell(N, Alpha.SHARED, rule), "alpha"));
        all.addAll(inputs(new PlasticCell(N, Alpha.ABSENT, rule)));
        return all.stream();
    }

    static Stream<Input> everyNumberOfEveryRule() {
        return everyInputOfEveryRule().filter(input -> !input.name().equals("clamp"));
    }

    @ParameterizedTest
    @MethodSource("everyInputOfEveryRule")
    void anInputOfAnotherShapeIsRefused(Input input) {
        INDArray right = arrays(input.cell(), DataType.FLOAT).get(input.name());
        long[] shape = right.shape();
        long[] wrong = shape.clone();
        wrong[shape.length - 1]++;
        boolean one = input.name().equals("eta")
                || input.name().equals("modulator_bias")
                || right.length() == 1 && input.name().equals("alpha");
        String expected = one ? "one number" : "shape " + Arrays.toString(shape);
        assertRefused(
                input,
                Nd4j.create(DataType.FLOAT, wrong),
                (input.name().equals("u") ? "shape [T, B, " + N + "], none of them 0" : expected) + ", found FLOAT "
                        + Arrays.toString(wrong) + ".");
    }

    @Test
    void anExternalInputWithTooFewAxesIsRefused() {
        PlasticCell cell = new PlasticCell(N, Alpha.SHARED, PlasticityRule.of("oja", 1));
        assertRefused(
                new Input(cell, "u"),
                Nd4j.create(DataType.FLOAT, STEPS, N),
                "shape [T, B, " + N + "], none of them 0, found FLOAT [5, 6].");
    }

    @ParameterizedTest
    @MethodSource("everyInputOfEveryRule")
    void anInputOfAnotherTypeIsRefused(Input input) {
        INDArray right = arrays(input.cell(), DataType.FLOAT).get(input.name());
        boolean drive = input.name().equals("u");
        DataType type = drive ? DataType.FLOAT16 : DataType.DOUBLE;
        assertRefused(
                input,
                right.castTo(type),
                (drive ? "type FLOAT or DOUBLE" : "type FLOAT as the drive's") + ", found " + type + " "
                        + Arrays.toString(right.shape()) + ".");
    }

    private static void assertRefused(Input input, INDArray array, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runWith(input, array, DataType.FLOAT))
                .withMessage("plastic_lifetime: " + input.label() + ": expected " + sentence);
    }

    @ParameterizedTest
    @MethodSource("everyNumberOfEveryRule")
    void anElementThatIsNotFiniteIsRejectedWithItsIndex(Input input) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
                INDArray array = arrays(input.cell(), type).get(input.name());
                // Of two such numbers, the first is named.
                long[] place = Arrays.stream(array.shape())
                        .map(size -> Math.max(0, size - 2))
                        .toArray();
                long[] last = Arrays.stream(array.shape()).map(size -> size - 1).toArray();
                array.putScalar(last, Double.NaN);
                array.putScalar(place, bad);
                assertThatThrownBy(() -> runWith(input, array, type))
                        .isInstanceOf(NotFiniteInput.class)
                        .hasMessage("plastic_lifetime: " + input.label() + ": expected finite numbers, found " + bad
                                + " at " + Arrays.toString(place) + ".");
            }
        }
    }

    @Test
    void aNumberFarIntoALargeTransposedInputIsFoundToo() {
        PlasticCell cell = new PlasticCell(99, Alpha.PER_CONNECTION, PlasticityRule.of("oja", 1));
        LifetimeCase lifetimes = LifetimeCase.random(cell, false, false, 2, 1, 0.1, 1);
        INDArray w = lifetimes.arrays().get("w").dup('f');
        w.putScalar(97, 3, Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> lifetimes.with("w", w).run(new FusedLifetime(), DataType.FLOAT))
                .hasMessage("plastic_lifetime: w: expected finite numbers, found -Infinity at [97, 3].");
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aLifetimeThatOverflowsByItselfIsLeftToTheCaller(DataType type) {
        PlasticCell cell = new PlasticCell(N, Alpha.PER_CONNECTION, PlasticityRule.of("decaying_hebb", 1));
        LifetimeCase lifetimes = LifetimeCase.random(cell, false, true, 60, 1, 1, 1)
                .with("eta", Nd4j.createFromArray(type == DataType.FLOAT ? 1e9 : 1e12));
        Map<String, INDArray> results = lifetimes.run(new FusedLifetime(), type);
        assertThat(results.get("y").isNaN().any()).isTrue();
        assertThat(results.get("grad_w").isNaN().any()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "hard_bound", "soft_bound", "retroactive"})
    void aLossThatIsNotANumberIsSeenInTheGradients(String rule) {
        PlasticCell cell = new PlasticCell(N, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        LifetimeCase lifetimes = LifetimeCase.random(cell, false, true, STEPS, BATCH, 0.1, 1);
        INDArray cotangent = lifetimes.arrays().get("y_cot").dup();
        cotangent.putScalar(new int[] {STEPS - 1, 1, 3}, Double.NaN);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Map<String, INDArray> results = lifetimes.with("y_cot", cotangent).run(new FusedLifetime(), type);
            assertThat(results.get("y").isNaN().any()).isFalse();
            assertThat(results.get("grad_w").isNaN().any()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everyRule")
    void aRuleParameterTooFewOrTooManyIsRefused(PlasticityRule rule) {
        PlasticCell cell = new PlasticCell(N, Alpha.SHARED, rule);
        List<RuleParameter> all = new ArrayList<>(rule.parameters());
        all.sort(Comparator.comparing(RuleParameter::key));
        for (RuleParameter other : List.of(
                RuleParameter.ETA,
                RuleParameter.MODULATOR_WEIGHTS,
                RuleParameter.MODULATOR_BIAS,
                RuleParameter.FAN_OUT_WEIGHTS,
                RuleParameter.FAN_OUT_BIAS)) {
            List<RuleParameter> given = new ArrayList<>(all);
            if (!given.remove(other)) {
                given.add(other);
            }
            given.sort(Comparator.comparing(RuleParameter::key));
            String sentence = "PlasticParameters: expected " + names(all) + " for a cell with rule " + rule.key()
                    + ", found " + names(given) + ".";
            for (Lifetime lifetime : List.of(new UnrolledLifetime(STEPS), new FusedLifetime())) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> build(lifetime, cell, given))
                        .withMessage(sentence);
            }
        }
    }

    static Stream<PlasticityRule> everyRule() {
        return RULES.stream().map(key -> PlasticityRule.of(key, 1));
    }

    private static String names(List<RuleParameter> parameters) {
        return String.join(
                ", ",
                Stream.concat(Stream.of("w", "alpha"), parameters.stream().map(RuleParameter::key))
                        .toList());
    }

    private static void build(Lifetime lifetime, PlasticCell cell, List<RuleParameter> given) {
        SameDiff graph = SameDiff.create();
        Map<RuleParameter, SDVariable> rule = new LinkedHashMap<>();
        given.forEach(
                parameter -> rule.put(parameter, graph.var(parameter.key(), DataType.FLOAT, parameter.shape(N, N))));
        lifetime.build(
                graph,
                "life",
                cell,
                PlasticParameters.plastic(
                        graph.var("w", DataType.FLOAT, N, N), graph.var("alpha", DataType.FLOAT, 1), rule),
                LifetimeInputs.driven(graph.placeHolder("drive", DataType.FLOAT, STEPS, BATCH, N)));
    }

    @Test
    void parametersOfAPlasticLayerAreRefusedForOneThatIsNot() {
        PlasticCell cell = new PlasticCell(N, Alpha.ABSENT, PlasticityRule.of("oja", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build(new FusedLifetime(), cell, List.of(RuleParameter.ETA)))
                .withMessage("PlasticParameters: expected w for a cell with absent alpha, found w, alpha, eta.");
    }

    private static Map<String, INDArray> arrays(PlasticCell cell, DataType type) {
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, STEPS, BATCH, 0.1, 1);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        inputs(cell)
                .forEach(input -> arrays.put(
                        input.name(),
                        lifetimes.arrays().get(input.name()).castTo(type).dup()));
        return arrays;
    }

    /** All are the result of an op, so that nothing is known of them before the graph runs. */
    private static void runWith(Input input, INDArray array, DataType type) {
        PlasticCell cell = input.cell();
        Map<String, INDArray> arrays = arrays(cell, type);
        arrays.put(input.name(), array);
        SameDiff graph = SameDiff.create();
        Map<String, SDVariable> given = new LinkedHashMap<>();
        arrays.forEach((name, value) -> given.put(name, graph.identity(graph.constant(value))));
        LifetimeInputs inputs = LifetimeInputs.driven(given.get("u")).clamped(given.get("clamp"), given.get("value"));
        SDVariable y0 = given.get("y0");
        if (cell.hasEligibility()) {
            inputs = inputs.from(y0, given.get("hebb0"), given.get("eligibility0"));
        } else {
            // A layer without plasticity ignores hebb0.
            inputs = inputs.from(y0, given.getOrDefault("hebb0", y0));
        }
        Map<RuleParameter, SDVariable> rule = new LinkedHashMap<>();
        cell.ruleParameters().forEach(parameter -> rule.put(parameter, given.get(parameter.key())));
        PlasticParameters parameters = cell.isPlastic()
                ? PlasticParameters.plastic(given.get("w"), given.get("alpha"), rule)
                : PlasticParameters.fixed(given.get("w"));
        new FusedLifetime().build(graph, "life", cell, parameters, inputs);
        graph.outputSingle(Map.of(), "life_y");
    }
}
