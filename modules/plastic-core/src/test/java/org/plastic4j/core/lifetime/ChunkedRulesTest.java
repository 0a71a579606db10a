package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.CustomRules;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Traces;

/** Rules that cannot be compiled, in the fused op: chunks of four steps and, at the end, single ones. */
@Tag("slow")
class ChunkedRulesTest {
    private static final PlasticityRule NORMALISED = new CustomRules.Normalised();
    private static final PlasticityRule ANTISYMMETRIC = new CustomRules.Antisymmetric();
    private static final PlasticityRule EXCHANGED = new CustomRules.Exchanged();
    private static final PlasticityRule HOMEOSTATIC = new CustomRules.Homeostatic();

    /** A case that prints as what it is. */
    record Named(LifetimeCase lifetimes, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named named(PlasticityRule rule, Alpha alpha, int n, int steps, boolean clamped, boolean state) {
        long seed = System.nanoTime();
        PlasticCell cell = new PlasticCell(n, alpha, rule);
        Random random = new Random(seed);
        INDArray reach = Nd4j.create(DataType.DOUBLE, n, n);
        for (long k = 0; k < reach.length(); k++) {
            reach.putScalar(k, 0.9 * random.nextDouble());
        }
        return new Named(
                LifetimeCase.random(cell, clamped, state, steps, 3, 0.3, seed).with("reach", reach),
                "%s %s n=%d T=%d%s%s seed=%d"
                        .formatted(
                                rule.key(),
                                alpha.key(),
                                n,
                                steps,
                                clamped ? " clamped" : "",
                                state ? " from state" : "",
                                seed));
    }

    static Stream<Named> cases() {
        return Stream.of(
                named(NORMALISED, Alpha.PER_CONNECTION, 5, 1, false, false),
                named(NORMALISED, Alpha.SHARED, 5, 3, true, true),
                named(NORMALISED, Alpha.PER_CONNECTION, 7, 4, false, true),
                named(NORMALISED, Alpha.PER_CONNECTION, 5, 5, true, false),
                named(NORMALISED, Alpha.PER_CONNECTION, 1, 9, false, true),
                named(ANTISYMMETRIC, Alpha.SHARED, 5, 8, false, false),
                named(ANTISYMMETRIC, Alpha.PER_CONNECTION, 7, 11, true, true),
                // More chunks than there are checkpoints.
                named(ANTISYMMETRIC, Alpha.PER_CONNECTION, 5, 43, false, true),
                named(HOMEOSTATIC, Alpha.SHARED, 5, 7, true, false),
                named(HOMEOSTATIC, Alpha.PER_CONNECTION, 5, 43, false, true),
                named(EXCHANGED, Alpha.PER_CONNECTION, 5, 1, true, true),
                named(EXCHANGED, Alpha.PER_CONNECTION, 5, 10, false, true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAndAllGradientsAreThoseOfTheDefinition(Named named) {
        LifetimeCase lifetimes = named.lifetimes();
        assertThat(FusedLifetime.whyNot(lifetimes.cell().rule())).isPresent();
        Map<String, INDArray> expected = lifetimes.run(new UnrolledLifetime(lifetimes.steps()), DataType.DOUBLE);
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, named.name());
        Map<String, INDArray> rounded =
                lifetimes.roundedToFloat().run(new UnrolledLifetime(lifetimes.steps()), DataType.DOUBLE);
        Agreement.assertAgree(rounded, lifetimes.run(new FusedLifetime(), DataType.FLOAT), 1e-4, named + " in float");
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static void assertSameBits(Map<String, INDArray> expected, Map<String, INDArray> found, String of) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, array) ->
                assertThat(values(found.get(name))).as("%s of %s", name, of).isEqualTo(values(array)));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aLifetimeGivesTheBitsThatAStepperGave(DataType type) {
        for (Named named : List.of(
                named(NORMALISED, Alpha.SHARED, 13, 21, true, true),
                named(ANTISYMMETRIC, Alpha.PER_CONNECTION, 13, 21, false, false),
                named(HOMEOSTATIC, Alpha.PER_CONNECTION, 6, 9, false, false),
                named(EXCHANGED, Alpha.PER_CONNECTION, 6, 9, true, true))) {
            LifetimeCase lifetimes = named.lifetimes();
            Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), type);
            LifetimeStepper stepper = SteppedCase.begin(lifetimes, type);
            List<INDArray> outputs = new ArrayList<>();
            for (int t = 0; t < lifetimes.steps(); t++) {
                outputs.add(SteppedCase.step(stepper, lifetimes, t, SteppedCase.at(lifetimes, "u", t, type)));
                stepper.state();
            }
            Map<String, INDArray> found = new LinkedHashMap<>();
            found.put("y", Nd4j.stack(0, outputs.toArray(INDArray[]::new)));
            stepper.state().hebb().ifPresent(trace -> found.put("hebb", trace));
            stepper.state().eligibility().ifPresent(trace -> found.put("eligibility", trace));
            expected.keySet().removeIf(name -> name.startsWith("grad_"));
            assertSameBits(expected, found, named.name());
        }
    }

    @Test
    void aStepperBeginsAnewWithOtherParameters() {
        LifetimeCase lifetimes =
                named(NORMALISED, Alpha.PER_CONNECTION, 5, 3, false, false).lifetimes();
        Map<String, INDArray> others = new LinkedHashMap<>(lifetimes.arrays());
        others.put("w", lifetimes.arrays().get("w").mul(2));
        LifetimeStepper stepper = SteppedCase.begin(lifetimes, DataType.DOUBLE);
        INDArray drive = SteppedCase.at(lifetimes, "u", 0, DataType.DOUBLE);
        List<INDArray> first = List.of(stepper.step(drive), stepper.step(drive));
        stepper.load(others);
        assertThat(stepper.step(drive)).isEqualTo(first.get(0));
        assertThat(stepper.step(drive)).isNotEqualTo(first.get(1));
        stepper.load(lifetimes.arrays());
        assertThat(List.of(stepper.step(drive), stepper.step(drive))).isEqualTo(first);
    }

    @Test
    void aMaskThatIsNotBinaryIsRejected() {
        LifetimeCase lifetimes =
                named(NORMALISED, Alpha.PER_CONNECTION, 5, 9, true, true).lifetimes();
        INDArray mask = lifetimes.arrays().get("clamp").dup();
        mask.putScalar(new int[] {8, 2, 3}, 0.5);
        LifetimeCase wrong = lifetimes.with("clamp", mask);
        String sentence = "clamp mask: expected 1 where a neuron is clamped and 0 elsewhere, found 0.5.";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wrong.run(new FusedLifetime(), DataType.FLOAT))
                .withMessage(sentence);
        LifetimeStepper stepper = SteppedCase.begin(lifetimes, DataType.DOUBLE);
        LifetimeState before = stepper.state();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SteppedCase.step(stepper, wrong, 8, SteppedCase.at(lifetimes, "u", 8, DataType.DOUBLE)))
                .withMessage(sentence);
        assertThat(stepper.state()).isEqualTo(before);
    }

    private static SameDiff graph(LifetimeCase lifetimes, Lifetime lifetime, long steps) {
        SameDiff graph = SameDiff.create();
        PlasticCell cell = lifetimes.cell();
        PlasticParameters parameters = PlasticParameters.create(graph, cell, lifetimes.arrays());
        SDVariable drive = graph.placeHolder("drive", DataType.DOUBLE, steps, -1, cell.neurons());
        LifetimeOutputs outputs = lifetime.build(graph, "life", cell, parameters, LifetimeInputs.driven(drive));
        SDVariable loss = outputs.y()
                .mul(outputs.y())
                .sum()
                .add(outputs.hebb().orElseThrow().sum());
        loss.rename("loss").markAsLoss();
        return graph;
    }

    private static Map<String, INDArray> gradients(LifetimeCase lifetimes, SameDiff graph, INDArray drive) {
        return graph.calculateGradients(Map.of("drive", drive), lifetimes.cell().parameterKeys());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 13})
    void oneGraphTakesAnyNumberOfStepsAndALoadedOneDoesTheSame(int steps, @TempDir Path folder) throws IOException {
        Named named = named(ANTISYMMETRIC, Alpha.PER_CONNECTION, 5, steps, false, false);
        LifetimeCase lifetimes = named.lifetimes();
        INDArray drive = lifetimes.arrays().get("u");
        SameDiff graph = graph(lifetimes, new FusedLifetime(), -1);
        gradients(lifetimes, graph, Nd4j.ones(DataType.DOUBLE, 9, 2, 5));
        Map<String, INDArray> found = gradients(lifetimes, graph, drive);
        Agreement.assertAgree(
                gradients(lifetimes, graph(lifetimes, new UnrolledLifetime(steps), steps), drive),
                found,
                1e-9,
                named.name());
        File file = folder.resolve("graph.fb").toFile();
        graph.save(file, true);
        assertSameBits(found, gradients(lifetimes, SameDiff.load(file, true), drive), named + ", loaded");
    }

    @Test
    void threadsDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        LifetimeCase lifetimes =
                named(ANTISYMMETRIC, Alpha.PER_CONNECTION, 9, 19, true, true).lifetimes();
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.DOUBLE);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Map<String, INDArray>>> runs = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                runs.add(threads.submit(() -> lifetimes.run(new FusedLifetime(), DataType.DOUBLE)));
            }
            for (Future<Map<String, INDArray>> run : runs) {
                assertSameBits(expected, run.get(), "a thread");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Draws a number in every step. */
    private record Noisy() implements PlasticityRule {
        @Override
        public String key() {
            return "noisy";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable drawn = pre.getSameDiff().random().normal(0, 1, DataType.DOUBLE, 1);
            return Traces.of(traces.hebb().add(drawn.mul(pre.mul(post))));
        }
    }

    /** Trains a number that it does not declare. */
    private record Hidden() implements PlasticityRule {
        @Override
        public String key() {
            return "hidden";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable own = pre.getSameDiff().var("own", Nd4j.ones(DataType.DOUBLE, 1));
            return Traces.of(traces.hebb().add(own.mul(pre.mul(post))));
        }
    }

    static Stream<Map.Entry<PlasticityRule, String>> noFunctions() {
        return Stream.of(
                Map.entry(new Noisy(), "the random op distribution_gaussian"),
                Map.entry(new Hidden(), "the trainable variable own, which is none of its parameters"));
    }

    @ParameterizedTest
    @MethodSource("noFunctions")
    void aRuleWhoseTracesDoNotFollowFromItsArgumentsIsRejected(Map.Entry<PlasticityRule, String> wrong) {
        PlasticCell cell = new PlasticCell(3, Alpha.PER_CONNECTION, wrong.getKey());
        Map<String, INDArray> values = new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.DOUBLE, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LifetimeStepper(cell, values, 2))
                .withMessage("Plasticity rule " + wrong.getKey().key()
                        + ": expected traces that follow from its arguments, found " + wrong.getValue() + ".");
    }
}
