package org.plastic4j.core.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.LifetimeStepper;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

class LifetimeDeviceTest {
    private static final PlasticCell CELL = new PlasticCell(3, Alpha.PER_CONNECTION, new DecayingHebb());
    private static final int STEPS = 4;
    private static final int BATCH = 2;

    private final Recording device = new Recording();

    /** Fills what it has to give with numbers that no lifetime gives, and remembers what it was asked. */
    private static final class Recording implements LifetimeAccelerator {
        private final List<String> calls = new ArrayList<>();
        private boolean takes = true;
        private float[] drive;

        @Override
        public String description() {
            return "a test";
        }

        @Override
        public boolean takes(Shape shape) {
            assertThat(shape.steps()).isEqualTo(STEPS);
            assertThat(shape.batch()).isEqualTo(BATCH);
            assertThat(shape.neurons()).isEqualTo(3);
            return takes;
        }

        @Override
        public void forward(Shape shape, Map<Slot, FloatBuffer> in, FloatBuffer y, List<FloatBuffer> traces) {
            calls.add("forward");
            drive = new float[in.get(Slot.DRIVE).limit()];
            in.get(Slot.DRIVE).get(0, drive);
            fill(y, 10);
            traces.forEach(trace -> fill(trace, 20));
        }

        @Override
        public void backward(
                Shape shape,
                Map<Slot, FloatBuffer> in,
                FloatBuffer y,
                FloatBuffer yGradient,
                List<FloatBuffer> traceGradients,
                Map<Slot, FloatBuffer> gradients) {
            calls.add("backward");
            assertThat(y.get(0)).isEqualTo(10);
            gradients.forEach((slot, gradient) -> fill(gradient, 30 + slot.ordinal()));
        }

        private static void fill(FloatBuffer numbers, float value) {
            for (int k = 0; k < numbers.limit(); k++) {
                numbers.put(k, value);
            }
        }
    }

    private static SameDiff graph(DataType type, boolean clamped) {
        SameDiff graph = SameDiff.create();
        PlasticParameters parameters =
                PlasticParameters.create(graph, CELL, new Initialisation(0.1, 0.1, 0.1).draw(CELL, type, 1));
        LifetimeInputs inputs = LifetimeInputs.driven(graph.placeHolder("drive", type, STEPS, BATCH, 3));
        if (clamped) {
            inputs = inputs.clamped(
                    graph.placeHolder("mask", type, STEPS, BATCH, 3),
                    graph.placeHolder("value", type, STEPS, BATCH, 3));
        }
        SDVariable y = new FusedLifetime()
                .build(graph, "life", CELL, parameters, inputs)
                .y();
        y.sum().rename("loss").markAsLoss();
        return graph;
    }

    private static INDArray drive(DataType type) {
        return Nd4j.linspace(type, -1, 0.1, STEPS * BATCH * 3).reshape(STEPS, BATCH, 3);
    }

    @AfterEach
    void theCpuComputes() {
        LifetimeDevice.use(Optional.empty());
    }

    @Test
    void fusedLifetimesOfFloatsAreComputedByTheAccelerator() {
        LifetimeDevice.use(Optional.of(device));
        SameDiff graph = graph(DataType.FLOAT, false);
        Map<String, INDArray> lifetimes = Map.of("drive", drive(DataType.FLOAT));
        assertThat(graph.output(lifetimes, "life_y").get("life_y").data().asFloat())
                .containsOnly(10f);
        Map<String, INDArray> gradients = graph.calculateGradients(lifetimes, "w", "eta", "drive");
        assertThat(gradients.get("w").data().asFloat()).containsOnly(30f + Slot.W.ordinal());
        assertThat(gradients.get("eta").data().asFloat()).containsOnly(30f + Slot.ETA.ordinal());
        assertThat(gradients.get("drive").data().asFloat()).containsOnly(30f + Slot.DRIVE.ordinal());
        assertThat(device.calls).contains("forward", "backward");
    }

    @Test
    void anInputInAnotherOrderReachesItInCOrder() {
        LifetimeDevice.use(Optional.of(device));
        INDArray drive = drive(DataType.FLOAT);
        graph(DataType.FLOAT, false).output(Map.of("drive", drive.dup('f')), "life_y");
        assertThat(device.drive).isEqualTo(drive.dup('c').data().asFloat());
    }

    @Test
    void lifetimesThatItDoesNotTakeAreTheCpus() {
        Map<String, INDArray> lifetimes = Map.of("drive", drive(DataType.FLOAT));
        float[] expected = graph(DataType.FLOAT, false)
                .output(lifetimes, "life_y")
                .get("life_y")
                .data()
                .asFloat();
        device.takes = false;
        LifetimeDevice.use(Optional.of(device));
        assertThat(graph(DataType.FLOAT, false)
                        .output(lifetimes, "life_y")
                        .get("life_y")
                        .data()
                        .asFloat())
                .isEqualTo(expected);
        assertThat(device.calls).isEmpty();
    }

    @Test
    void doublesAndSteppersAreTheCpus() {
        LifetimeDevice.use(Optional.of(device));
        graph(DataType.DOUBLE, false).output(Map.of("drive", drive(DataType.DOUBLE)), "life_y");
        new LifetimeStepper(CELL, new Initialisation(0.1, 0.1, 0.1).draw(CELL, DataType.FLOAT, 1), BATCH)
                .step(Nd4j.zeros(DataType.FLOAT, BATCH, 3));
        assertThat(device.calls).isEmpty();
    }

    @Test
    void aMaskThatIsNotBinaryIsRejectedBeforeTheAcceleratorIsCalled() {
        LifetimeDevice.use(Optional.of(device));
        INDArray half = Nd4j.valueArrayOf(new long[] {STEPS, BATCH, 3}, 0.5, DataType.FLOAT);
        assertThatThrownBy(() -> graph(DataType.FLOAT, true)
                        .output(Map.of("drive", drive(DataType.FLOAT), "mask", half, "value", half), "life_y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1 where a neuron is clamped and 0 elsewhere, found 0.5");
        assertThat(device.calls).isEmpty();
    }

    @Test
    void lifetimesWhoseArraysAreMoreThanOneBufferAreNotForIt() {
        LifetimeSpec plastic = LifetimeSpec.of(new PlasticCell(1024, CELL.alpha(), CELL.rule()));
        LifetimeSpec fixed = LifetimeSpec.of(new PlasticCell(1024, Alpha.ABSENT, CELL.rule()));
        assertThat(new LifetimeAccelerator.Shape(plastic, 1, 256).isOneBufferEach())
                .isTrue();
        assertThat(new LifetimeAccelerator.Shape(plastic, 1, 257).isOneBufferEach())
                .isFalse();
        assertThat(new LifetimeAccelerator.Shape(fixed, 1, 257).isOneBufferEach())
                .isTrue();
        assertThat(new LifetimeAccelerator.Shape(fixed, 1 << 18, 2).isOneBufferEach())
                .isFalse();
    }
}
