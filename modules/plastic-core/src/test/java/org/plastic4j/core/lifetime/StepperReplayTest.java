package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.rule.Bcm;
import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.FanOut;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.Retroactive;

/** Lives that were acted out step by step, lived again as one. */
@Tag("kernel")
@Tag("slow")
class StepperReplayTest {
    /** Past two turns of the stepper's window of nine steps. */
    private static final int STEPS = 21;

    private static final List<PlasticityRule> RULES = List.of(
            new DecayingHebb(),
            new Oja(),
            new BoundedHebb(Bounding.HARD, 0.5),
            new BoundedHebb(Bounding.SOFT, 0.5),
            new Neuromodulated(FanOut.NONE, 0.5),
            new Neuromodulated(FanOut.PER_NEURON, 0.5),
            new Retroactive(0.5),
            new Bcm(0.5));

    private final int threads = LifetimeThreads.get();

    @AfterEach
    void restoreThreads() {
        LifetimeThreads.set(threads);
    }

    /** A case that prints as what it is. */
    record Named(LifetimeCase lifetimes, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named named(PlasticCell cell, boolean clamped, boolean state, int batch, long seed) {
        String name = "n=%d B=%d %s %s%s%s seed=%d"
                .formatted(
                        cell.neurons(),
                        batch,
                        cell.rule().key(),
                        cell.alpha().key(),
                        clamped ? " clamped" : "",
                        state ? " from state" : "",
                        seed);
        return new Named(LifetimeCase.random(cell, clamped, state, STEPS, batch, 0.3, seed), name);
    }

    private static List<PlasticCell> cells(int n) {
        List<PlasticCell> cells = new ArrayList<>();
        for (PlasticityRule rule : RULES) {
            cells.add(new PlasticCell(n, cells.size() % 2 == 0 ? Alpha.PER_CONNECTION : Alpha.SHARED, rule));
        }
        cells.add(new PlasticCell(n, Alpha.ABSENT, new DecayingHebb()));
        return cells;
    }

    static Stream<Named> variants() {
        List<Named> variants = new ArrayList<>();
        for (int n : new int[] {1, 13}) {
            for (PlasticCell cell : cells(n)) {
                for (int k = 0; k < 4; k++) {
                    int batch = (variants.size() / 4 + k) % 2 == 0 ? 1 : 3;
                    variants.add(named(cell, k % 2 == 0, k < 2, batch, 100L * n + variants.size()));
                }
            }
        }
        return variants.stream();
    }

    static Stream<Named> large() {
        List<Named> variants = new ArrayList<>();
        for (int n : new int[] {100, 300}) {
            for (PlasticCell cell : cells(n)) {
                int k = variants.size();
                variants.add(named(cell, k % 4 < 2, k % 2 == 0, k % 3 == 0 ? 1 : 3, 7000 + k));
            }
        }
        return variants.stream();
    }

    /** What an agent did. */
    private record Life(INDArray drives, INDArray y, LifetimeState end) {}

    /** The drive of every step answers to the outputs of the one before. */
    private static Life act(LifetimeStepper stepper, LifetimeCase lifetimes, DataType type) {
        INDArray[] drives = new INDArray[STEPS];
        INDArray[] outputs = new INDArray[STEPS];
        INDArray y = stepper.state().y();
        for (int t = 0; t < STEPS; t++) {
            drives[t] = SteppedCase.at(lifetimes, "u", t, type)
                    .add(Nd4j.reverse(y.dup()).mul(0.3));
            y = SteppedCase.step(stepper, lifetimes, t, drives[t]);
            outputs[t] = y;
        }
        return new Life(Nd4j.stack(0, drives), Nd4j.stack(0, outputs), stepper.state());
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static void assertReplays(Named named, DataType type) {
        LifetimeCase lifetimes = named.lifetimes();
        Life life = act(SteppedCase.begin(lifetimes, type), lifetimes, type);

        Map<String, INDArray> replay =
                lifetimes.with("u", life.drives().castTo(DataType.DOUBLE)).run(new FusedLifetime(), type);

        assertThat(numbers(life.y())).as("y of %s", named).isEqualTo(numbers(replay.get("y")));
        assertThat(life.end().hebb().isPresent()).isEqualTo(lifetimes.cell().isPlastic());
        life.end()
                .hebb()
                .ifPresent(hebb ->
                        assertThat(numbers(hebb)).as("hebb of %s", named).isEqualTo(numbers(replay.get("hebb"))));
        assertThat(life.end().eligibility().isPresent())
                .isEqualTo(lifetimes.cell().hasEligibility());
        life.end()
                .eligibility()
                .ifPresent(eligibility -> assertThat(numbers(eligibility))
                        .as("eligibility of %s", named)
                        .isEqualTo(numbers(replay.get("eligibility"))));
        // A single neuron may be clamped whenever it is looked at.
        if (lifetimes.cell().neurons() > 1) {
            assertThat(replay.get("grad_w").norm2Number().doubleValue())
                    .as("length of the gradient of w of %s", named)
                    .isFinite()
                    .isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource({"variants", "large"})
    void lifetimeGivesTheBitsThatTheAgentSawInFloat(Named named) {
        assertReplays(named, DataType.FLOAT);
    }

    @ParameterizedTest
    @MethodSource({"variants", "large"})
    void lifetimeGivesTheBitsThatTheAgentSawInDouble(Named named) {
        assertReplays(named, DataType.DOUBLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void lookingAtTheStateChangesNothing(DataType type) {
        for (PlasticCell cell : cells(37)) {
            LifetimeCase lifetimes = named(cell, true, true, 2, 11).lifetimes();
            Life life = act(SteppedCase.begin(lifetimes, type), lifetimes, type);
            LifetimeStepper watched = SteppedCase.begin(lifetimes, type);
            for (int t = 0; t < STEPS; t++) {
                watched.state();
                INDArray drive = life.drives().slice(t).dup();
                INDArray y = SteppedCase.step(watched, lifetimes, t, drive);
                assertThat(watched.state().y()).isEqualTo(y);
                assertThat(numbers(y))
                        .as("y(%d) of %s", t, cell)
                        .isEqualTo(numbers(life.y().slice(t)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void stepsIntoPartsOfARecordGiveTheSameBits(DataType type) {
        int batch = 5;
        for (PlasticCell cell : cells(37)) {
            LifetimeCase lifetimes = named(cell, false, true, batch, 13).lifetimes();
            Life life = act(SteppedCase.begin(lifetimes, type), lifetimes, type);
            LifetimeStepper recorded = SteppedCase.begin(lifetimes, type);
            INDArray record = Nd4j.zeros(type, STEPS, batch + 2, 37);
            for (int t = 0; t < STEPS; t++) {
                INDArray part =
                        record.get(NDArrayIndex.point(t), NDArrayIndex.interval(1, batch + 1), NDArrayIndex.all());
                recorded.step(life.drives().slice(t).dup(), part);
            }
            INDArray lived = record.get(NDArrayIndex.all(), NDArrayIndex.interval(1, batch + 1), NDArrayIndex.all());
            assertThat(numbers(lived)).as("y of %s", cell).isEqualTo(numbers(life.y()));
            assertThat(numbers(record.get(NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.all())))
                    .containsOnly(0);
            assertThat(numbers(record.get(NDArrayIndex.all(), NDArrayIndex.point(batch + 1), NDArrayIndex.all())))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void anotherStepperTakesALifeUpWhereItWasLeft(DataType type) {
        for (PlasticCell cell : cells(37)) {
            // A fading trace in float is rounded when it leaves; nothing else is.
            boolean fades = cell.isPlastic() && Double.isInfinite(cell.rule().bound());
            double tolerance = fades && type == DataType.FLOAT ? 1e-5 : 0;
            LifetimeCase lifetimes = named(cell, true, false, 2, 12).lifetimes();
            Life life = act(SteppedCase.begin(lifetimes, type), lifetimes, type);
            for (int split : new int[] {1, 8, 11}) {
                LifetimeStepper first = SteppedCase.begin(lifetimes, type);
                for (int t = 0; t < split; t++) {
                    SteppedCase.step(first, lifetimes, t, life.drives().slice(t).dup());
                }
                LifetimeStepper second = SteppedCase.begin(lifetimes, type);
                SteppedCase.step(second, lifetimes, 0, life.drives().slice(3).dup());
                second.restore(first.state());
                for (int t = split; t < STEPS; t++) {
                    INDArray y = SteppedCase.step(
                            second, lifetimes, t, life.drives().slice(t).dup());
                    assertThat(Agreement.relativeError(life.y().slice(t), y))
                            .as("y(%d) of %s split after %d", t, cell, split)
                            .isLessThanOrEqualTo(tolerance);
                }
                life.end()
                        .hebb()
                        .ifPresent(hebb -> assertThat(Agreement.relativeError(
                                        hebb, second.state().hebb().orElseThrow()))
                                .isLessThanOrEqualTo(tolerance));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void beginAndLoadForgetTheLifeBefore(DataType type) {
        for (PlasticCell cell : cells(13)) {
            LifetimeCase lifetimes = named(cell, false, false, 3, 13).lifetimes();
            Life life = act(SteppedCase.begin(lifetimes, type), lifetimes, type);
            LifetimeStepper again = SteppedCase.begin(
                    lifetimes.with("w", lifetimes.arrays().get("w").mul(2)), type);
            // A life of saturated neurons, in which every trace grows: nothing of it may be left.
            INDArray saturated = again.step(Nd4j.ones(type, 3, 13).muli(100));
            assertThat(numbers(saturated)).containsOnly(1);
            again.step(Nd4j.ones(type, 3, 13).muli(-100));
            Map<String, INDArray> parameters = new LinkedHashMap<>();
            lifetimes.arrays().forEach((name, array) -> parameters.put(name, array.castTo(type)));
            again.load(parameters);
            parameters.get("w").assign(0);
            for (int round = 0; round < 2; round++) {
                assertThat(numbers(act(again, lifetimes, type).y()))
                        .as("y of %s", cell)
                        .isEqualTo(numbers(life.y()));
                again.begin();
            }
        }
    }

    /** So large that threads share a step, by lifetimes or by panels. */
    static Stream<Named> shared() {
        return Stream.of(
                named(new PlasticCell(100, Alpha.PER_CONNECTION, new Oja()), true, true, 60, 21),
                named(new PlasticCell(800, Alpha.PER_CONNECTION, new DecayingHebb()), false, false, 1, 22),
                named(new PlasticCell(800, Alpha.SHARED, new Retroactive(0.5)), false, true, 1, 23),
                named(new PlasticCell(300, Alpha.SHARED, new Neuromodulated(FanOut.NONE, 0.5)), true, false, 8, 24));
    }

    @ParameterizedTest
    @MethodSource("shared")
    void anyNumberOfThreadsGivesTheSameBits(Named named) {
        LifetimeThreads.set(1);
        LifetimeCase lifetimes = named.lifetimes();
        Life alone = act(SteppedCase.begin(lifetimes, DataType.FLOAT), lifetimes, DataType.FLOAT);
        for (int count : new int[] {2, 3}) {
            LifetimeThreads.set(count);
            Life together = act(SteppedCase.begin(lifetimes, DataType.FLOAT), lifetimes, DataType.FLOAT);
            assertThat(numbers(together.y())).isEqualTo(numbers(alone.y()));
            assertThat(numbers(together.end().hebb().orElseThrow()))
                    .isEqualTo(numbers(alone.end().hebb().orElseThrow()));
        }
    }
}
