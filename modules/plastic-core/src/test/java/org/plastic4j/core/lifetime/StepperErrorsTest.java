package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Retroactive;

/** What a stepper refuses, and that it goes on afterwards as if nothing had been asked. */
class StepperErrorsTest {
    private static final PlasticCell CELL = new PlasticCell(3, Alpha.PER_CONNECTION, new DecayingHebb());

    private final Map<String, INDArray> parameters =
            new LinkedHashMap<>(new Initialisation(0.5, 0.5, 0.1).draw(CELL, DataType.FLOAT, 1));
    private final LifetimeStepper stepper = new LifetimeStepper(CELL, parameters, 2);

    private static INDArray zeros(long... shape) {
        return Nd4j.zeros(DataType.FLOAT, shape);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void noLifetimes() {
        assertRefused(
                () -> new LifetimeStepper(CELL, parameters, 0),
                "LifetimeStepper: expected at least 1 lifetime, found 0.");
    }

    @Test
    void parametersThatAreMissingOrDoNotFit() {
        parameters.remove("eta");
        assertRefused(
                () -> stepper.load(parameters),
                "LifetimeStepper: parameters: expected w, alpha, eta for a cell with rule decaying_hebb,"
                        + " found alpha, w.");
        parameters.put("eta", zeros(2));
        assertRefused(() -> stepper.load(parameters), "LifetimeStepper: eta: expected one number, found FLOAT [2].");
        parameters.put("eta", Nd4j.zeros(DataType.DOUBLE, 1));
        assertRefused(
                () -> stepper.load(parameters), "LifetimeStepper: eta: expected type FLOAT as w's, found DOUBLE [1].");
        parameters.put("w", zeros(3, 4));
        assertRefused(
                () -> new LifetimeStepper(CELL, parameters, 2),
                "LifetimeStepper: w: expected shape [3, 3], found FLOAT [3, 4].");
        parameters.put("w", Nd4j.zeros(DataType.BFLOAT16, 3, 3));
        assertRefused(
                () -> new LifetimeStepper(CELL, parameters, 2),
                "LifetimeStepper: w: expected type FLOAT or DOUBLE, found BFLOAT16 [3, 3].");
    }

    @Test
    void inputsThatDoNotFit() {
        INDArray fits = zeros(2, 3);
        assertRefused(
                () -> stepper.step(zeros(1, 2, 3)),
                "LifetimeStepper: drive: expected shape [2, 3], found FLOAT [1, 2, 3].");
        assertRefused(
                () -> stepper.step(Nd4j.zeros(DataType.DOUBLE, 2, 3)),
                "LifetimeStepper: drive: expected type FLOAT as w's, found DOUBLE [2, 3].");
        assertRefused(
                () -> stepper.step(fits, zeros(2, 2), fits),
                "LifetimeStepper: clamp mask: expected shape [2, 3], found FLOAT [2, 2].");
        assertRefused(
                () -> stepper.step(fits, fits, zeros(3, 2)),
                "LifetimeStepper: clamped value: expected shape [2, 3], found FLOAT [3, 2].");
    }

    @Test
    void outputsThatDoNotFit() {
        INDArray drive = Nd4j.rand(DataType.FLOAT, 2, 3);
        LifetimeStepper unasked = new LifetimeStepper(CELL, parameters, 2);
        assertRefused(
                () -> stepper.step(drive, zeros(3, 2)),
                "LifetimeStepper: y: expected shape [2, 3], found FLOAT [3, 2].");
        assertRefused(
                () -> stepper.step(drive, Nd4j.zeros(DataType.DOUBLE, 2, 3)),
                "LifetimeStepper: y: expected type FLOAT as w's, found DOUBLE [2, 3].");
        assertRefused(
                () -> stepper.step(drive, zeros(3, 2).transpose()),
                "LifetimeStepper: y: expected a dense array in C order, found FLOAT [2, 3].");
        assertThat(stepper.step(drive)).isEqualTo(unasked.step(drive));
    }

    @Test
    void statesOfOtherCells() {
        PlasticCell other = new PlasticCell(3, Alpha.SHARED, new Retroactive(1));
        LifetimeStepper retroactive =
                new LifetimeStepper(other, new Initialisation(1, 1, 0.1).draw(other, DataType.FLOAT, 1), 2);
        assertRefused(
                () -> stepper.restore(retroactive.state()),
                "LifetimeStepper: state: expected no eligibility for a cell with rule decaying_hebb, found one.");
        assertRefused(
                () -> retroactive.restore(stepper.state()),
                "LifetimeStepper: state: expected eligibility for a cell with rule retroactive, found none.");
        assertRefused(
                () -> stepper.restore(new LifetimeState(zeros(2, 3), Optional.empty(), Optional.empty())),
                "LifetimeStepper: state: expected hebb for a cell with rule decaying_hebb, found none.");
        assertRefused(
                () -> stepper.restore(new LifetimeStepper(CELL, parameters, 4).state()),
                "LifetimeStepper: y0: expected shape [2, 3], found FLOAT [4, 3].");
        assertRefused(
                () -> stepper.restore(new LifetimeState(zeros(2, 3), Optional.of(zeros(2, 3, 4)), Optional.empty())),
                "LifetimeStepper: hebb0: expected shape [2, 3, 3], found FLOAT [2, 3, 4].");
    }

    @Test
    void aRejectedStepIsNotRun() {
        INDArray drive = Nd4j.rand(DataType.FLOAT, 2, 3);
        LifetimeStepper unasked = new LifetimeStepper(CELL, parameters, 2);
        for (int t = 0; t < 30; t++) {
            assertRefused(
                    () -> stepper.step(drive, zeros(2, 3).addi(0.5), drive),
                    "clamp mask: expected 1 where a neuron is clamped and 0 elsewhere, found 0.5.");
            assertThat(stepper.step(drive)).isEqualTo(unasked.step(drive));
        }
        assertThat(stepper.state()).isEqualTo(unasked.state());
    }

    /** As the fused op refuses it: what is not finite is no number of a lifetime, but clamped ones may hide it. */
    @Test
    void numbersThatAreNotFinite() {
        INDArray fits = zeros(2, 3);
        LifetimeStepper unasked = new LifetimeStepper(CELL, parameters, 2);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            INDArray wrong = zeros(2, 3);
            wrong.putScalar(1, 2, bad);
            String found = ": expected finite numbers, found " + bad + " at [1, 2].";
            assertNotFinite(() -> stepper.step(wrong), "drive" + found);
            assertNotFinite(() -> stepper.step(wrong, zeros(2, 3)), "drive" + found);
            assertNotFinite(() -> stepper.step(wrong, fits, fits), "drive" + found);
            assertNotFinite(() -> stepper.step(fits, fits, wrong), "clamped value" + found);
            LifetimeState rest = stepper.state();
            assertNotFinite(
                    () -> stepper.restore(new LifetimeState(wrong, rest.hebb(), rest.eligibility())), "y0" + found);
            INDArray hebb = zeros(2, 3, 3);
            hebb.putScalar(new int[] {1, 0, 2}, bad);
            assertNotFinite(
                    () -> stepper.restore(new LifetimeState(rest.y(), Optional.of(hebb), Optional.empty())),
                    "hebb0: expected finite numbers, found " + bad + " at [1, 0, 2].");
            for (String name : parameters.keySet()) {
                Map<String, INDArray> others = new LinkedHashMap<>(parameters);
                INDArray spoilt = parameters.get(name).dup();
                spoilt.putScalar(0, bad);
                others.put(name, spoilt);
                String sentence = name + ": expected finite numbers, found " + bad + " at [0";
                for (ThrowingCallable call :
                        new ThrowingCallable[] {() -> stepper.load(others), () -> new LifetimeStepper(CELL, others, 2)
                        }) {
                    assertThatThrownBy(call)
                            .isInstanceOf(NotFiniteInput.class)
                            .hasMessageStartingWith("LifetimeStepper: " + sentence);
                }
            }
        }
        INDArray drive = Nd4j.rand(DataType.FLOAT, 2, 3);
        assertThat(stepper.step(drive)).isEqualTo(unasked.step(drive));
    }

    private static void assertNotFinite(ThrowingCallable call, String sentence) {
        assertThatThrownBy(call).isInstanceOf(NotFiniteInput.class).hasMessage("LifetimeStepper: " + sentence);
    }
}
