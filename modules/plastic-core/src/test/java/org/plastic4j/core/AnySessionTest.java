package org.plastic4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.op.PlasticSession;
import org.plastic4j.core.rule.CustomRules;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/** This library's ops in whatever session SameDiff or others open. */
class AnySessionTest {
    private static final int UPDATES = 4;

    @AfterEach
    void giveBackTheFactory() {
        SameDiff.bindInferenceFactory(new SameDiff.DefaultInferenceFactory());
    }

    private static List<String> trained(SameDiff graph) {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .toList();
    }

    private static void assertSameVariables(SameDiff found, SameDiff expected) {
        for (String name : trained(expected)) {
            INDArray difference = found.getVariable(name)
                    .getArr()
                    .sub(expected.getVariable(name).getArr());
            assertThat(difference.amaxNumber().doubleValue()).as(name).isCloseTo(0, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fitDoesWhatGradientsAndUpdatesDo(SmallGraphs small) {
        SameDiff fitted = small.graph();
        SmallTraining.fit(fitted, small.x(), UPDATES);

        SameDiff updated = small.graph();
        List<String> names = trained(updated);
        for (int k = 0; k < UPDATES; k++) {
            updated.calculateGradients(Map.of("x", small.x()), names)
                    .forEach((name, gradient) ->
                            updated.getVariable(name).getArr().subi(gradient.mul(SmallTraining.RATE)));
        }
        assertSameVariables(fitted, updated);
        assertThat(fitted.getVariable(names.get(0)).getArr())
                .isNotEqualTo(small.graph().getVariable(names.get(0)).getArr());
    }

    static List<PlasticityRule> rules() {
        return List.of(new Oja(), new CustomRules.Normalised());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fitOfAFusedLifetimeIsThatOfTheUnrolledOne(PlasticityRule rule) {
        SameDiff fused = SmallGraphs.graph(new FusedLifetime(), rule);
        SameDiff unrolled = SmallGraphs.graph(new UnrolledLifetime(5), rule);
        SmallTraining.fit(fused, SmallGraphs.LIFETIME.x(), UPDATES);
        SmallTraining.fit(unrolled, SmallGraphs.LIFETIME.x(), UPDATES);
        assertSameVariables(fused, unrolled);
    }

    @Test
    void whatFitRejectsIsOneExceptionAndSpoilsNothing() {
        SameDiff graph = SmallGraphs.LIFETIME.graph();
        INDArray x = SmallGraphs.LIFETIME.x();
        INDArray wrong = x.dup();
        wrong.putScalar(new long[] {2, 1, 3}, Double.NaN);
        assertThatThrownBy(() -> SmallTraining.fit(graph, wrong, 1))
                .isInstanceOf(NotFiniteInput.class)
                .hasMessage("plastic_lifetime: drive: expected finite numbers, found NaN at [2, 1, 3].");
        SmallTraining.fit(graph, x, 1);
        SameDiff other = SmallGraphs.LIFETIME.graph();
        SmallTraining.fit(other, x, 1);
        assertSameVariables(graph, other);
    }

    @Test
    void whatFitCannotRunIsRejectedByName() {
        SameDiff graph = SmallGraphs.LIFETIME.graph();
        assertThatThrownBy(() -> SmallTraining.fit(graph, Nd4j.zeros(DataType.DOUBLE, 5, 4, 7), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("plastic_lifetime: ");
    }

    /** A session of somebody else's. */
    private static final class Counting extends InferenceSession {
        static final AtomicInteger OPS = new AtomicInteger();

        Counting(SameDiff graph) {
            super(graph);
        }

        @Override
        public ExecutionResult doExec(
                DifferentialFunction op,
                OpContext context,
                FrameIter frame,
                Set<VarId> inputs,
                Set<VarId> allInputs,
                Set<String> constants,
                Map<String, SDValue> others) {
            OPS.incrementAndGet();
            return super.doExec(op, context, frame, inputs, allInputs, constants, others);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatAProgramHasBoundRunsThemAndStays(SmallGraphs small) {
        INDArray x = small.x();
        SameDiff ours = small.graph();
        INDArray expected = ours.output(Map.of("x", x), "loss").get("loss");
        Map<String, INDArray> gradients = ours.calculateGradients(Map.of("x", x), trained(ours));

        SameDiff.bindInferenceFactory(Counting::new);
        Counting.OPS.set(0);
        SameDiff theirs = small.graph();
        assertThat(theirs.output(Map.of("x", x), "loss").get("loss")).isEqualTo(expected);
        int afterOutput = Counting.OPS.get();
        assertThat(afterOutput).isPositive();
        theirs.calculateGradients(Map.of("x", x), trained(theirs))
                .forEach((name, gradient) -> assertThat(gradient).as(name).isEqualTo(gradients.get(name)));
        assertThat(Counting.OPS.get()).isGreaterThan(afterOutput);
        List<InferenceSession> open = List.copyOf(theirs.getSessions().values());
        assertThat(open).isNotEmpty().allMatch(Counting.class::isInstance);
        PlasticSession.installFor(theirs);
        assertThat(theirs.getSessions().values()).containsExactlyElementsOf(open);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnotherAGraphUsesThisLibrarysSessionAlsoWhenItIsLoaded(SmallGraphs small) throws IOException {
        SameDiff graph = small.graph();
        giveBackTheFactory();
        SameDiff loaded = SameDiff.fromFlatBuffers(graph.asFlatBuffers(true));
        for (SameDiff each : List.of(graph, loaded)) {
            each.output(Map.of("x", small.x()), "loss");
            assertThat(each.getSessions().values()).isNotEmpty().allMatch(PlasticSession.class::isInstance);
        }
    }

    @Test
    void batchOutputRunsThem() {
        INDArray x = SmallGraphs.LIFETIME.x();
        SameDiff graph = SmallGraphs.LIFETIME.graph();
        assertThat(graph.batchOutput().input("x", x).output("loss").outputSingle())
                .isEqualTo(graph.output(Map.of("x", x), "loss").get("loss"));
    }

    @Test
    void graphsHaveNoVariablesBesideTheirOwn() {
        assertThat(SmallGraphs.LIFETIME.graph().variables())
                .extracting(SDVariable::name)
                .noneMatch(name -> name.contains("session"));
    }

    @Test
    void graphsSavedByEarlierVersionsHaveAConstantMoreAndRun() throws IOException {
        SameDiff graph = SmallGraphs.LIFETIME.graph();
        INDArray x = SmallGraphs.LIFETIME.x();
        INDArray expected = graph.output(Map.of("x", x), "loss").get("loss");
        graph.constant("op_session", Nd4j.scalar(0f));
        SameDiff loaded = SameDiff.fromFlatBuffers(graph.asFlatBuffers(true));
        assertThat(loaded.output(Map.of("x", x), "loss").get("loss")).isEqualTo(expected);
        SmallTraining.fit(loaded, x, 1);
        assertThat(loaded.output(Map.of("x", x), "loss").get("loss").getDouble(0))
                .isLessThan(expected.getDouble(0));
    }

    @Test
    void gradientsComputedBeforeIncludeWhatIsAddedLater() {
        SameDiff graph = SameDiff.create();
        SDVariable v = graph.var("v", Nd4j.ones(DataType.DOUBLE, 1, 3));
        v.mul(v).sum().rename("first").markAsLoss();
        INDArray before = graph.calculateGradients(Map.of(), "v").get("v");
        SDVariable x = graph.constant("x", SmallGraphs.LIFETIME.x());
        SmallGraphs.lifetime(new FusedLifetime(), graph, x)
                .sum()
                .rename("second")
                .markAsLoss();
        Map<String, INDArray> found = graph.calculateGradients(Map.of(), "v", "w");
        assertThat(found.get("v")).isEqualTo(before);
        assertThat(found.get("w").amaxNumber().doubleValue()).isPositive();
    }

    @Test
    void threadsTrainGraphsOfTheirOwnAtTheSameTime() {
        INDArray x = SmallGraphs.LIFETIME.x();
        SameDiff alone = SmallGraphs.LIFETIME.graph();
        SmallTraining.fit(alone, x, UPDATES);
        List<CompletableFuture<SameDiff>> others = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            others.add(CompletableFuture.supplyAsync(() -> {
                SameDiff graph = SmallGraphs.LIFETIME.graph();
                SmallTraining.fit(graph, x.dup(), UPDATES);
                return graph;
            }));
        }
        others.forEach(other -> assertSameVariables(other.join(), alone));
    }
}
