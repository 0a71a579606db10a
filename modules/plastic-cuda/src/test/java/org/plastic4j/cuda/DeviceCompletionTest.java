package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.ResidentCompletion;

@ExtendWith(OnTheGpu.class)
class DeviceCompletionTest {
    private static final int STEPS = 9;
    private static final int BATCH = 3;
    private static final int VALUES = 40;
    private static final int NEURONS = 44;
    private static final double GAIN = 2;
    private static final Adam ADAM = new Adam(1e-2, 0.9, 0.999, 1e-8);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainingOnTheDeviceFollowsSameDiffAndNd4jsAdam(boolean clamped) {
        PlasticCell cell = new PlasticCell(NEURONS, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> initial = new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.FLOAT, 3);
        Map<Slot, FloatBuffer> uploaded = new EnumMap<>(Slot.class);
        uploaded.put(Slot.W, direct(initial.get("w").data().asFloat()));
        uploaded.put(Slot.ALPHA, direct(initial.get("alpha").data().asFloat()));
        uploaded.put(Slot.ETA, direct(initial.get("eta").data().asFloat()));
        Shape shape = new Shape(new LifetimeSpec(cell, clamped ? Set.of(Slot.MASK) : Set.of()), STEPS, BATCH);
        Reference reference = new Reference(cell, initial, clamped);
        Random random = new Random(11);
        Optional<LifetimeAccelerator> gpu = LifetimeDevice.accelerator();
        try (ResidentCompletion network = DeviceCompletion.of(
                        OnTheGpu.device(), new ResidentCompletion.Network(shape, VALUES, GAIN))
                .orElseThrow()) {
            uploaded.forEach((slot, numbers) -> network.write(slot, ResidentCompletion.Part.VALUE, numbers));
            for (int step = 0; step < 30; step++) {
                float[] input = bits(random, STEPS * BATCH * VALUES, clamped);
                float[] target = bits(random, BATCH * VALUES, false);
                double expected = reference.update(input, target, step);
                assertThat(network.gradient(direct(input), direct(target)))
                        .as("loss of update %d", step)
                        .isCloseTo(expected, Percentage.withPercentage(0.1));
                double rate = ADAM.getLearningRate()
                        * Math.sqrt(1 - Math.pow(ADAM.getBeta2(), step + 1))
                        / (1 - Math.pow(ADAM.getBeta1(), step + 1));
                double norm = reference.squares;
                assertThat(network.parameters().stream()
                                .mapToDouble(network::squares)
                                .sum())
                        .isCloseTo(norm, Percentage.withPercentage(0.2));
                network.update(
                        new ResidentCompletion.Adam(rate, ADAM.getBeta1(), ADAM.getBeta2(), ADAM.getEpsilon(), 1));
            }
            float[] eta = new float[1];
            FloatBuffer found = direct(eta);
            network.read(Slot.ETA, ResidentCompletion.Part.VALUE, found);
            assertThat((double) found.get(0))
                    .isCloseTo(reference.initial.get("eta").getDouble(0), Percentage.withPercentage(0.1));
        }
        // The reference lives on the GPU too, which is what shows that this test's network does.
        assertThat(gpu).isPresent();
    }

    private static float[] bits(Random random, int length, boolean silence) {
        float[] bits = new float[length];
        for (int k = 0; k < length; k++) {
            bits[k] = silence && random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? 1 : -1;
        }
        return bits;
    }

    private static FloatBuffer direct(float[] numbers) {
        return ByteBuffer.allocateDirect(numbers.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(numbers)
                .rewind();
    }

    /** The same network in SameDiff. */
    private static final class Reference {
        private final SameDiff graph = SameDiff.create();
        private final Map<String, INDArray> initial;
        private double squares;
        private final Map<String, GradientUpdater<?>> updaters = new LinkedHashMap<>();

        Reference(PlasticCell cell, Map<String, INDArray> drawn, boolean clamped) {
            initial = new LinkedHashMap<>();
            PlasticParameters parameters = PlasticParameters.create(graph, cell, drawn);
            drawn.keySet()
                    .forEach(name -> initial.put(name, graph.getVariable(name).getArr()));
            SDVariable input = graph.placeHolder("input", DataType.FLOAT, STEPS, BATCH, VALUES);
            SDVariable target = graph.placeHolder("target", DataType.FLOAT, BATCH, VALUES);
            SDVariable bias = graph.constant("bias", Nd4j.ones(DataType.FLOAT, STEPS, BATCH, 1));
            SDVariable others =
                    graph.constant("others", Nd4j.zeros(DataType.FLOAT, STEPS, BATCH, NEURONS - VALUES - 1));
            SDVariable all = graph.concat(2, input, bias, others);
            LifetimeInputs inputs = clamped
                    ? LifetimeInputs.driven(graph.zerosLike(all))
                            .clamped(all.neq(0).castTo(DataType.FLOAT), all)
                    : LifetimeInputs.driven(all.mul(GAIN));
            SDVariable y = new FusedLifetime()
                    .build(graph, "life", cell, parameters, inputs)
                    .y();
            SDVariable difference = graph.slice(y, new int[] {STEPS - 1, 0, 0}, 1, BATCH, VALUES)
                    .reshape(BATCH, VALUES)
                    .sub(target);
            difference.mul(difference).sum().div(BATCH).rename("loss").markAsLoss();
            initial.forEach((name, value) -> updaters.put(
                    name,
                    ADAM.clone()
                            .instantiate(
                                    Map.of(AdamUpdater.M_STATE, value.like(), AdamUpdater.V_STATE, value.like()),
                                    false)));
        }

        double update(float[] input, float[] target, int step) {
            Map<String, INDArray> lifetimes = Map.of(
                    "input", Nd4j.createFromArray(input).reshape(STEPS, BATCH, VALUES),
                    "target", Nd4j.createFromArray(target).reshape(BATCH, VALUES));
            double loss = graph.output(lifetimes, "loss").get("loss").getDouble(0);
            squares = 0;
            graph.calculateGradients(lifetimes, initial.keySet()).forEach((name, gradient) -> {
                squares += Math.pow(gradient.norm2Number().doubleValue(), 2);
                updaters.get(name).applyUpdater(gradient, step, 0);
                initial.get(name).subi(gradient);
            });
            return loss;
        }
    }
}
