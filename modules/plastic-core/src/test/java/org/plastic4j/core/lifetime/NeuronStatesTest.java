package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.Bcm;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Traces;

/** What neurons keep from step to step besides their outputs. */
@Tag("kernel")
class NeuronStatesTest {
    private static final int N = 19;
    private static final PlasticCell CELL = new PlasticCell(N, Alpha.PER_CONNECTION, new Bcm(0.5));

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aLifetimeThatIsResumedGoesOnWithItsStates(DataType type) {
        LifetimeCase lifetimes = LifetimeCase.random(CELL, false, true, 25, 3, 0.3, 5);
        LifetimeStepper whole = SteppedCase.begin(lifetimes, type);
        LifetimeStepper resumed = SteppedCase.begin(lifetimes, type);
        for (int t = 0; t < 25; t++) {
            INDArray drive = SteppedCase.at(lifetimes, "u", t, type);
            INDArray expected = whole.step(drive);
            if (t == 4 || t == 17) {
                LifetimeState state = resumed.state();
                assertThat(state.states()).containsOnlyKeys("threshold");
                assertThat(state.states().get("threshold").norm2Number().doubleValue())
                        .isPositive();
                resumed.begin();
                resumed.restore(state);
            }
            assertThat(resumed.step(drive).distance2(expected))
                    .as("step %d", t)
                    .isLessThan(type == DataType.FLOAT ? 1e-5 : 1e-12);
        }
        assertThat(resumed.state()
                        .states()
                        .get("threshold")
                        .distance2(whole.state().states().get("threshold")))
                .isLessThan(type == DataType.FLOAT ? 1e-5 : 1e-12);
    }

    @Test
    void statesBeginAnewInEveryLifetime() {
        LifetimeCase lifetimes = LifetimeCase.random(CELL, false, false, 3, 2, 0.3, 6);
        LifetimeStepper stepper = SteppedCase.begin(lifetimes, DataType.FLOAT);
        stepper.step(SteppedCase.at(lifetimes, "u", 0, DataType.FLOAT));
        stepper.begin();
        assertThat(stepper.state().states().get("threshold")).isEqualTo(Nd4j.zeros(DataType.FLOAT, 2, N));
    }

    @Test
    void statesThatDoNotFitAreRejectedAndNothingChanges() {
        LifetimeStepper stepper =
                SteppedCase.begin(LifetimeCase.random(CELL, false, false, 3, 2, 0.3, 6), DataType.FLOAT);
        LifetimeState before = stepper.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepper.restore(new LifetimeState(
                        before.y(), before.hebb(), before.eligibility(), Map.of("thresh", before.y()))))
                .withMessage("LifetimeStepper: state: expected states of neurons [threshold] for a cell with rule bcm,"
                        + " found [thresh].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepper.restore(new LifetimeState(
                        before.y(),
                        before.hebb(),
                        before.eligibility(),
                        Map.of("threshold", Nd4j.zeros(DataType.FLOAT, 2, 4)))))
                .withMessage("LifetimeStepper: threshold: expected shape [2, 19], found FLOAT [2, 4].");
        assertThat(stepper.state()).isEqualTo(before);
    }

    /** A rule of two states, which begin with 0.5 and -0.25. */
    private record TwoStates(String key, BinaryOperator<Map<NeuronState, SDVariable>> next) implements PlasticityRule {
        private static final NeuronState A = new NeuronState("a", 0.5);
        private static final NeuronState B = new NeuronState("b", -0.25);

        @Override
        public List<NeuronState> states() {
            return List.of(A, B);
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable change =
                    pre.mul(post.mul(traces.states().get(A)).add(traces.states().get(B)));
            SDVariable hebb =
                    traces.hebb().mul(0.9).add(parameters.get(RuleParameter.ETA).mul(change));
            Traces after = Traces.of(hebb);
            for (Map.Entry<NeuronState, SDVariable> state :
                    next.apply(traces.states(), Map.of(A, post, B, hebb)).entrySet()) {
                after = after.with(state.getKey(), state.getValue());
            }
            return after;
        }
    }

    private static void assertAgrees(BinaryOperator<Map<NeuronState, SDVariable>> next) {
        PlasticCell cell = new PlasticCell(N, Alpha.SHARED, new TwoStates("two_states", next));
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, false, 9, 3, 0.3, 4);
        LifetimeStepper stepper = SteppedCase.begin(lifetimes, DataType.DOUBLE);
        LifetimeStepper inFloat = SteppedCase.begin(lifetimes, DataType.FLOAT);
        INDArray definition = lifetimes
                .graph(new UnrolledLifetime(9), DataType.DOUBLE)
                .output(new HashMap<>(), "life_y")
                .get("life_y");
        for (int t = 0; t < 9; t++) {
            INDArray expected = definition.slice(t);
            INDArray found =
                    SteppedCase.step(stepper, lifetimes, t, SteppedCase.at(lifetimes, "u", t, DataType.DOUBLE));
            assertThat(found.distance2(expected)).as("step %d", t).isLessThan(1e-12);
            INDArray rounded =
                    SteppedCase.step(inFloat, lifetimes, t, SteppedCase.at(lifetimes, "u", t, DataType.FLOAT));
            assertThat(rounded.castTo(DataType.DOUBLE).distance2(expected))
                    .as("step %d in float", t)
                    .isLessThan(1e-5);
        }
    }

    @Test
    void statesMayChangePlaces() {
        assertAgrees((states, of) -> Map.of(
                TwoStates.A, states.get(TwoStates.B),
                TwoStates.B, states.get(TwoStates.A)));
    }

    @Test
    void aStateMayBeTheOutputItself() {
        assertAgrees((states, of) -> Map.of(
                TwoStates.A, of.get(TwoStates.A),
                TwoStates.B, states.get(TwoStates.B)));
    }

    @Test
    void aStateMayBeASumOverNeurons() {
        assertAgrees((states, of) -> Map.of(
                TwoStates.A,
                states.get(TwoStates.A).mul(0.5).add(of.get(TwoStates.A).sum(true, 2)),
                TwoStates.B,
                states.get(TwoStates.B)));
    }

    @Test
    void aStateOfConnectionsIsNoneOfNeurons() {
        assertThat(FusedLifetime.whyNot(new TwoStates(
                        "of_connections",
                        (states, of) -> Map.of(TwoStates.A, of.get(TwoStates.A), TwoStates.B, of.get(TwoStates.B)))))
                .contains("its next state b is an array over [LIFETIMES, ROWS, COLUMNS] instead of one [B, 1, n]");
    }

    @Test
    void aRuleThatForgetsAStateIsRejected() {
        PlasticityRule rule = new TwoStates("forgetful", (states, of) -> Map.of(TwoStates.A, of.get(TwoStates.A)));
        String sentence = "Plasticity rule forgetful: expected next to give the states [a, b], found [a].";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FusedLifetime.whyNot(rule))
                .withMessage(sentence);
        PlasticCell cell = new PlasticCell(3, Alpha.SHARED, rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifetimeCase.random(cell, false, false, 2, 1, 0.3, 4)
                        .graph(new UnrolledLifetime(2), DataType.DOUBLE))
                .withMessage(sentence);
    }
}
