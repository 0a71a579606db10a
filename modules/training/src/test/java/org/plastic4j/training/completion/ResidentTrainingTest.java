package org.plastic4j.training.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.ResidentCompletion;
import org.plastic4j.training.network.Execution;
import org.plastic4j.training.network.InputSettings;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;
import org.plastic4j.training.trainer.StepResult;

/** Training that stays on a device, held against the same training here; the device is one that computes on the CPU. */
@Tag("slow")
class ResidentTrainingTest {
    private static final int STEPS = 6;
    private static final int BATCH = 2;
    private static final int VALUES = 5;
    private static final CompletionNetwork.Shape SHAPE = new CompletionNetwork.Shape(STEPS, BATCH, VALUES, 2);
    private static final AdamSettings SETTINGS = new AdamSettings(
            0.05, 0.9, 0.999, 1e-8, Optional.of(0.4), Optional.of(new AdamSettings.Decay(6, 0.5)), Optional.empty());

    private static CompletionNetwork network(InputSettings.Mode mode, boolean fused) {
        return new CompletionNetwork(
                new PlasticSettings(
                        Alpha.PER_CONNECTION,
                        "decaying-hebb",
                        Optional.empty(),
                        Optional.empty(),
                        0.1,
                        0.1,
                        0.1,
                        Execution.AUTO),
                new InputSettings(mode, 3),
                fused ? new FusedLifetime() : new UnrolledLifetime(STEPS),
                SHAPE,
                (input, prediction, target) ->
                        new LinkedHashMap<>(Map.of("sum", prediction.sumNumber().doubleValue())),
                4);
    }

    private static MultiDataSet lifetimes(int seed) {
        Random random = new Random(seed);
        return new MultiDataSet(
                new INDArray[] {bits(random, STEPS, BATCH, VALUES)}, new INDArray[] {bits(random, BATCH, VALUES)});
    }

    private static INDArray bits(Random random, long... shape) {
        INDArray bits = Nd4j.create(org.nd4j.linalg.api.buffer.DataType.FLOAT, shape);
        for (long k = 0; k < bits.length(); k++) {
            bits.putScalar(k, random.nextInt(3) - 1);
        }
        return bits;
    }

    /** Has no lifetimes of its own, and one kind of network, whose gradients a network here computes. */
    private static final class OnTheCpu implements ResidentCompletion.Device {
        private boolean isClosed;

        @Override
        public String description() {
            return "the CPU in disguise";
        }

        @Override
        public boolean takes(Shape shape) {
            return false;
        }

        @Override
        public void forward(Shape shape, Map<Slot, FloatBuffer> inputs, FloatBuffer y, List<FloatBuffer> traces) {
            throw new AssertionError("not taken");
        }

        @Override
        public void backward(
                Shape shape,
                Map<Slot, FloatBuffer> inputs,
                FloatBuffer y,
                FloatBuffer yGradient,
                List<FloatBuffer> traceGradients,
                Map<Slot, FloatBuffer> gradients) {
            throw new AssertionError("not taken");
        }

        @Override
        public Optional<ResidentCompletion> completion(ResidentCompletion.Network network) {
            assertThat(network.values()).isEqualTo(VALUES);
            assertThat(network.gain()).isEqualTo(3);
            assertThat(network.lifetimes().neurons()).isEqualTo(VALUES + 3);
            LifetimeDevice.use(Optional.empty());
            CompletionNetwork here = network(
                    network.lifetimes().spec().given().contains(Slot.MASK)
                            ? InputSettings.Mode.CLAMPED
                            : InputSettings.Mode.DRIVEN,
                    true);
            LifetimeDevice.use(Optional.of(this));
            return Optional.of(new Held(here));
        }

        private final class Held implements ResidentCompletion {
            private final CompletionNetwork here;
            private final Map<Slot, INDArray> means = new EnumMap<>(Slot.class);
            private final Map<Slot, INDArray> squares = new EnumMap<>(Slot.class);
            private Map<String, INDArray> gradients;
            private INDArray outputs;

            Held(CompletionNetwork here) {
                this.here = here;
                here.parameters().forEach((name, array) -> {
                    means.put(slot(name), Nd4j.zerosLike(array));
                    squares.put(slot(name), Nd4j.zerosLike(array));
                    // What training begins from comes from outside.
                    array.assign(0);
                });
            }

            private Slot slot(String name) {
                return Slot.valueOf(name.toUpperCase(java.util.Locale.ROOT));
            }

            @Override
            public double gradient(FloatBuffer input, FloatBuffer target) {
                INDArray inputNow = array(input, STEPS, BATCH, VALUES);
                StepResult result = here.step(
                        new MultiDataSet(new INDArray[] {inputNow}, new INDArray[] {array(target, BATCH, VALUES)}));
                gradients = result.gradients();
                outputs = Nd4j.concat(1, here.predict(inputNow), Nd4j.valueArrayOf(new long[] {BATCH, 3}, 99f));
                return result.loss();
            }

            private INDArray array(FloatBuffer numbers, long... shape) {
                float[] copy = new float[numbers.limit()];
                numbers.get(0, copy);
                return Nd4j.createFromArray(copy).reshape(shape);
            }

            @Override
            public Set<Slot> parameters() {
                return means.keySet();
            }

            @Override
            public double squares(Slot parameter) {
                return gradients
                        .get(parameter.label())
                        .mul(gradients.get(parameter.label()))
                        .sumNumber()
                        .doubleValue();
            }

            @Override
            public void update(Adam adam) {
                here.parameters().forEach((name, parameter) -> {
                    INDArray g = gradients.get(name).mul(adam.scale());
                    INDArray m = means.get(slot(name)).muli(adam.beta1()).addi(g.mul(1 - adam.beta1()));
                    INDArray v = squares.get(slot(name))
                            .muli(adam.beta2())
                            .addi(g.mul(g).muli(1 - adam.beta2()));
                    INDArray root = org.nd4j.linalg.ops.transforms.Transforms.sqrt(v, true)
                            .addi(adam.epsilon());
                    parameter.subi(m.mul(adam.rate()).divi(root));
                });
            }

            @Override
            public void predict(FloatBuffer numbers) {
                numbers.put(0, outputs.dup('c').data().asFloat());
            }

            private INDArray held(Slot parameter, Part part) {
                return switch (part) {
                    case VALUE -> here.parameters().get(parameter.label());
                    case MEAN -> means.get(parameter);
                    case SQUARE -> squares.get(parameter);
                };
            }

            @Override
            public void read(Slot parameter, Part part, FloatBuffer numbers) {
                numbers.put(0, held(parameter, part).dup('c').data().asFloat());
            }

            @Override
            public void write(Slot parameter, Part part, FloatBuffer numbers) {
                INDArray held = held(parameter, part);
                held.assign(array(numbers, held.shape()));
            }

            @Override
            public void close() {
                isClosed = true;
            }
        }
    }

    private final OnTheCpu device = new OnTheCpu();

    @AfterEach
    void theCpuComputes() {
        LifetimeDevice.use(Optional.empty());
    }

    private static void train(CompletionNetwork network, Optimizer optimizer, int from, int to) {
        for (int step = from; step < to; step++) {
            optimizer.update(network.step(lifetimes(step)).gradients());
        }
    }

    private static void assertEqual(Map<String, INDArray> found, Map<String, INDArray> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, array) -> assertThat(found.get(name).dup('c').data().asDouble())
                        .as(name)
                        .containsExactly(array.dup('c').data().asDouble(), within(2e-5)));
    }

    @ParameterizedTest
    @EnumSource(InputSettings.Mode.class)
    void parametersAndMomentsFollowTheTrainingHereThroughClippingAndDecay(InputSettings.Mode mode) {
        CompletionNetwork here = network(mode, true);
        Optimizer expected = here.optimizer(SETTINGS, BATCH);
        LifetimeDevice.use(Optional.of(device));
        CompletionNetwork there = network(mode, true);
        Optimizer optimizer = there.optimizer(SETTINGS, BATCH);
        for (int step = 0; step < 8; step++) {
            StepResult result = there.step(lifetimes(step));
            StepResult same = here.step(lifetimes(step));
            assertThat(result.loss()).isCloseTo(same.loss(), within(1e-3));
            assertThat(result.measures().get("sum")).isCloseTo(same.measures().get("sum"), within(1e-3));
            assertThat(result.measures().get("eta")).isCloseTo(same.measures().get("eta"), within(1e-5));
            assertThat(result.gradients()).isEmpty();
            assertThat(same.squaredNorms()).isEmpty();
            assertThat(result.squaredNorms()).containsOnlyKeys(here.parameters().keySet());
            same.gradients().forEach((name, gradient) -> {
                double squares = gradient.mul(gradient).sumNumber().doubleValue();
                assertThat(result.squaredNorms().get(name)).as(name).isCloseTo(squares, within(1e-6 + 1e-3 * squares));
            });
            optimizer.update(result.gradients());
            expected.update(same.gradients());
        }
        assertThat(optimizer.step()).isEqualTo(8);
        assertEqual(there.parameters(), here.parameters());
        assertEqual(optimizer.moments(), expected.moments());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aTrainingThatGoesOnFromWhatWasSavedHasTheSameBits(int saved) {
        LifetimeDevice.use(Optional.of(device));
        CompletionNetwork whole = network(InputSettings.Mode.DRIVEN, true);
        train(whole, whole.optimizer(SETTINGS, BATCH), 0, 5);

        CompletionNetwork first = network(InputSettings.Mode.DRIVEN, true);
        Optimizer before = first.optimizer(SETTINGS, BATCH);
        train(first, before, 0, saved);
        CompletionNetwork second = network(InputSettings.Mode.DRIVEN, true);
        Optimizer after = second.optimizer(SETTINGS, BATCH);
        second.parameters()
                .forEach((name, array) -> array.assign(first.parameters().get(name)));
        after.restore(saved, before.moments());
        train(second, after, saved, 5);
        whole.parameters()
                .forEach((name, array) -> assertThat(
                                second.parameters().get(name).data().asFloat())
                        .as(name)
                        .isEqualTo(array.data().asFloat()));
    }

    @Test
    void whatIsAskedOfTheNetworkHereIsAnsweredWithTheParametersOfTheDevice() {
        LifetimeDevice.use(Optional.of(device));
        CompletionNetwork there = network(InputSettings.Mode.DRIVEN, true);
        INDArray input = lifetimes(99).getFeatures(0);
        INDArray before = there.predict(input);
        train(there, there.optimizer(SETTINGS, BATCH), 0, 4);
        INDArray after = there.predict(input);
        assertThat(after.sub(before).norm2Number().doubleValue()).isGreaterThan(1e-3);
        assertThat(there.evaluate(lifetimes(99)).get("sum"))
                .isCloseTo(after.sumNumber().doubleValue(), within(1e-5));
    }

    @Test
    void closingTheNetworkGivesTheDeviceBackWhatItHas() {
        LifetimeDevice.use(Optional.of(device));
        CompletionNetwork there = network(InputSettings.Mode.DRIVEN, true);
        there.step(lifetimes(1));
        assertThat(device.isClosed).isFalse();
        there.close();
        assertThat(device.isClosed).isTrue();
    }

    @Test
    void anUnrolledLifetimeIsTrainedHere() {
        LifetimeDevice.use(Optional.of(device));
        CompletionNetwork network = network(InputSettings.Mode.DRIVEN, false);
        assertThat(network.step(lifetimes(1)).gradients().get("w").length()).isEqualTo((VALUES + 3L) * (VALUES + 3L));
    }
}
