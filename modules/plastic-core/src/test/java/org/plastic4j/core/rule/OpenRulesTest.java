package org.plastic4j.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.LifetimeStepper;
import org.plastic4j.core.lifetime.RecordedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;

/** Rules that are not the library's own. */
class OpenRulesTest {
    private static final int N = 5;
    private static final int STEPS = 4;
    private static final int BATCH = 3;
    private static final RuleParameter DECAY =
            new RuleParameter("decay", RuleParameter.Size.PER_CONNECTION, new RuleParameter.Constant(0.7));

    /** {@code H' = decay[i, j] H + x y}, with a decay for every connection. */
    private record OwnDecay(List<RuleParameter> parameters) implements PlasticityRule {
        OwnDecay() {
            this(List.of(DECAY));
        }

        @Override
        public String key() {
            return "own_decay";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            return Traces.of(parameters.get(DECAY).mul(traces.hebb()).add(pre.mul(post)));
        }
    }

    private static final PlasticCell CELL = new PlasticCell(N, Alpha.PER_CONNECTION, new OwnDecay());

    private static Map<String, INDArray> initial() {
        return new Initialisation(0.4, 0.4, 0.1).draw(CELL, DataType.DOUBLE, 3);
    }

    private static Map<String, INDArray> gradients(Lifetime lifetime) {
        SameDiff graph = SameDiff.create();
        PlasticParameters parameters = PlasticParameters.create(graph, CELL, initial());
        SDVariable drive = graph.placeHolder("drive", DataType.DOUBLE, STEPS, BATCH, N);
        SDVariable y = lifetime.build(graph, "life", CELL, parameters, LifetimeInputs.driven(drive))
                .y();
        y.mul(y).sum().rename("loss").markAsLoss();
        INDArray ramp =
                Nd4j.linspace(DataType.DOUBLE, -1, 0.03, STEPS * BATCH * N).reshape(STEPS, BATCH, N);
        return graph.calculateGradients(Map.of("drive", ramp), initial().keySet());
    }

    @Test
    void parametersOfEveryConnectionBeginAsTheySay() {
        assertThat(initial().get("decay")).isEqualTo(Nd4j.valueArrayOf(new long[] {N, N}, 0.7, DataType.DOUBLE));
        assertThat(CELL.parameterCount()).isEqualTo(3L * N * N);
    }

    @Test
    void aRuleThatNoProviderFindsRunsUnrolledAndLearnsWhatItDeclares() {
        Map<String, INDArray> fused = gradients(new FusedLifetime());
        assertThat(fused).isEqualTo(gradients(new UnrolledLifetime(STEPS)));
        assertThat(fused.get("decay").norm2Number().doubleValue()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("notFound")
    void aStepperNeedsNoProviderAndGoesThroughWhatTheDefinitionSays(PlasticityRule rule) {
        PlasticCell cell = new PlasticCell(N, Alpha.PER_CONNECTION, rule);
        Map<String, INDArray> values = new Initialisation(0.4, 0.4, 0.1).draw(cell, DataType.DOUBLE, 3);
        INDArray ramp =
                Nd4j.linspace(DataType.DOUBLE, -1, 0.03, STEPS * BATCH * N).reshape(STEPS, BATCH, N);
        SameDiff graph = SameDiff.create();
        PlasticParameters parameters = PlasticParameters.create(graph, cell, values);
        SDVariable drive = graph.placeHolder("drive", DataType.DOUBLE, STEPS, BATCH, N);
        String y = new UnrolledLifetime(STEPS)
                .build(graph, "life", cell, parameters, LifetimeInputs.driven(drive))
                .y()
                .name();
        INDArray expected = graph.output(Map.of("drive", ramp), y).get(y);
        LifetimeStepper stepper = new LifetimeStepper(cell, values, BATCH);
        for (int t = 0; t < STEPS; t++) {
            INDArray step = stepper.step(ramp.slice(t).dup());
            assertThat(step.equalsWithEps(expected.slice(t), 1e-12))
                    .as("step %d", t)
                    .isTrue();
        }
    }

    private static List<PlasticityRule> notFound() {
        return List.of(new OwnDecay(), new NotFound());
    }

    /** Neither compiled nor found. */
    private record NotFound() implements PlasticityRule {
        @Override
        public String key() {
            return "not_found";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            return new CustomRules.Normalised().next(traces, pre, post, parameters);
        }
    }

    @ParameterizedTest
    @MethodSource("notFound")
    void whatNoProviderFindsCannotBeInAnOp(PlasticityRule rule) {
        PlasticCell cell = new PlasticCell(N, Alpha.PER_CONNECTION, rule);
        SameDiff graph = SameDiff.create();
        PlasticParameters parameters =
                PlasticParameters.create(graph, cell, new Initialisation(0.4, 0.4, 0.1).draw(cell, DataType.DOUBLE, 3));
        SDVariable drive = graph.placeHolder("drive", DataType.DOUBLE, -1, BATCH, N);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordedLifetime().build(graph, "life", cell, parameters, drive, drive))
                .withMessage("Plasticity rule " + rule.key() + ": expected a rule that an op can find again, but no"
                        + " RuleProvider finds it by its key.");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new FusedLifetime().build(graph, "life", cell, parameters, LifetimeInputs.driven(drive)))
                .withMessage("FusedLifetime \"life\": expected a drive of a known number of steps for the rule "
                        + rule.key() + ", which runs unrolled since no RuleProvider finds it by its key, found one of"
                        + " any number; give its placeholder T, or use UnrolledLifetime(T).");
    }

    /** Has another rule's key. */
    private record Impostor(String key) implements PlasticityRule {
        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            return Traces.of(traces.hebb().add(pre.mul(post)));
        }
    }

    @Test
    void theReasonNamesTheOpOrWhatIsWrongWithTheProvider() {
        assertThat(FusedLifetime.whyNot(new CustomRules.Normalised()))
                .contains("the op reduce_sum reduces a matrix of connections");
        assertThat(FusedLifetime.whyNot(new CustomRules.Exchanged()))
                .contains("the op eye is not among those that are compiled");
        assertThat(FusedLifetime.whyNot(new OwnDecay())).contains("no RuleProvider finds it by its key");
        assertThat(FusedLifetime.whyNot(new Impostor("stpn")))
                .contains("what the RuleProvider of its key creates is not equal to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w", "alpha", "x", "drive", "y0", "hebb0", "eligibility0"})
    void aParameterCannotHaveTheNameOfWhatEveryLayerHas(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RuleParameter(key, RuleParameter.Size.ONE, new RuleParameter.Constant(0)))
                .withMessage("RuleParameter: expected a key that no input or parameter of every layer has, found \""
                        + key + "\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Decay", "1st", "my-decay", "my decay"})
    void keysAreSmallLettersDigitsAndUnderscores(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RuleParameter(key, RuleParameter.Size.ONE, new RuleParameter.Constant(0)))
                .withMessage("RuleParameter: expected a key of small letters, digits and underscores, found \"" + key
                        + "\".");
    }

    @Test
    void twoParametersOfOneKeyAreRejected() {
        PlasticityRule rule = new OwnDecay(
                List.of(DECAY, new RuleParameter("decay", RuleParameter.Size.ONE, new RuleParameter.Constant(0))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlasticCell(N, Alpha.SHARED, rule))
                .withMessage(
                        "PlasticCell: rule own_decay: expected parameters with keys of their own, found decay, decay.");
    }

    /** Counts how often it is looked through. */
    private static final class CountingLoader extends ClassLoader {
        private int looks;

        private CountingLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            looks++;
            return super.getResources(name);
        }
    }

    @Test
    void classPathIsLookedThroughOnceForARuleThatOpsAskForAtEachCall() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        CountingLoader loader = new CountingLoader(before);
        thread.setContextClassLoader(loader);
        try {
            PlasticityRule rule = PlasticityRule.of("anti_hebb", Double.NaN);
            assertThat(PlasticityRule.of("anti_hebb", Double.NaN)).isEqualTo(rule);
            assertThat(loader.looks).isEqualTo(1);
            assertThatIllegalArgumentException().isThrownBy(() -> PlasticityRule.of("unknown", Double.NaN));
            assertThat(loader.looks).as("a rule may have come later").isEqualTo(2);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private record Named(String key) implements RuleProvider {
        @Override
        public PlasticityRule create(double bound) {
            return new OwnDecay();
        }
    }

    @Test
    void providersAddTheirRulesBehindTheLibrarysOwn() {
        assertThat(Rules.with(List.of(new Named("own_decay"))).keySet())
                .startsWith("decaying_hebb", "oja")
                .endsWith("stpn", "own_decay");
    }

    @Test
    void twoRulesOfOneKeyAreRejectedByTheProvidersName() {
        for (List<RuleProvider> providers : List.of(
                List.<RuleProvider>of(new Named("oja")), List.<RuleProvider>of(new Named("x"), new Named("x")))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Rules.with(providers))
                    .withMessage(Named.class.getName() + ": expected a key that no other rule has, found \""
                            + providers.get(0).key() + "\".");
        }
    }
}
