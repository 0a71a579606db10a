package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.FanOut;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.Retroactive;

/** What plastic-core's own tests, run on the GPU as well, do not have: large layers, full grids, the same bits. */
@ExtendWith(OnTheGpu.class)
class GpuLifetimesTest {
    /** A batch of driven lifetimes; prints as what it is. */
    record Lifetimes(PlasticCell cell, int steps, int batch) {
        private SameDiff graph(DataType type) {
            Map<String, INDArray> initial = new Initialisation(
                            0.5 / Math.sqrt(cell.neurons()), 0.5 / Math.sqrt(cell.neurons()), 0.1)
                    .draw(cell, DataType.FLOAT, 7);
            SameDiff graph = SameDiff.create();
            Map<String, INDArray> typed = new LinkedHashMap<>();
            initial.forEach((name, array) -> typed.put(name, array.castTo(type)));
            PlasticParameters parameters = PlasticParameters.create(graph, cell, typed);
            SDVariable drive = graph.placeHolder("drive", type, steps, batch, cell.neurons());
            SDVariable y = new FusedLifetime()
                    .build(graph, "life", cell, parameters, LifetimeInputs.driven(drive))
                    .y();
            y.mul(y).sum().rename("loss").markAsLoss();
            return graph;
        }

        Map<String, INDArray> gradients(DataType type) {
            return gradients(type, drive());
        }

        INDArray drive() {
            return Nd4j.rand(DataType.FLOAT, steps, batch, cell.neurons()).subi(0.5);
        }

        Map<String, INDArray> gradients(DataType type, INDArray drive) {
            SameDiff graph = graph(type);
            return graph.calculateGradients(
                    Map.of("drive", drive.castTo(type)),
                    graph.variables().stream()
                            .filter(variable -> variable.isPlaceHolder()
                                    || variable.getVariableType() == org.nd4j.autodiff.samediff.VariableType.VARIABLE)
                            .map(SDVariable::name)
                            .toList());
        }
    }

    private static PlasticCell cell(int n, org.plastic4j.core.rule.PlasticityRule rule) {
        return new PlasticCell(n, Alpha.PER_CONNECTION, rule);
    }

    static Lifetimes[] large() {
        return new Lifetimes[] {
            // More lifetimes than there are groups of blocks, of one block each and of many.
            new Lifetimes(cell(100, new BoundedHebb(Bounding.HARD, 1)), 20, 50),
            new Lifetimes(cell(700, new DecayingHebb()), 19, 3),
            new Lifetimes(cell(1001, new Oja()), 25, 2),
            new Lifetimes(cell(1001, new Retroactive(1)), 10, 1),
            new Lifetimes(cell(1001, new Neuromodulated(FanOut.PER_NEURON, 1)), 6, 1),
            new Lifetimes(new PlasticCell(1001, Alpha.SHARED, new BoundedHebb(Bounding.SOFT, 1)), 10, 1),
            // Panels in memory.
            new Lifetimes(cell(1100, new DecayingHebb()), 11, 2),
            new Lifetimes(cell(1100, new Retroactive(1)), 9, 1),
            new Lifetimes(new PlasticCell(2100, Alpha.ABSENT, new DecayingHebb()), 6, 1),
        };
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeLayersAndBatchesAgreeWithDoublesOnTheCpu(Lifetimes lifetimes) {
        Nd4j.getRandom().setSeed(5);
        INDArray drive = lifetimes.drive();
        Map<String, INDArray> expected = lifetimes.gradients(DataType.DOUBLE, drive);
        Map<String, INDArray> found = lifetimes.gradients(DataType.FLOAT, drive);
        expected.forEach((name, array) -> {
            INDArray difference = found.get(name).castTo(DataType.DOUBLE).sub(array);
            assertThat(difference.norm2Number().doubleValue())
                    .as("distance of the gradient of %s in %s", name, lifetimes)
                    .isLessThanOrEqualTo(2e-4 * array.norm2Number().doubleValue());
        });
    }

    @ParameterizedTest
    @MethodSource("large")
    void theSameInputsGiveTheSameBits(Lifetimes lifetimes) {
        INDArray drive = lifetimes.drive();
        Map<String, INDArray> first = lifetimes.gradients(DataType.FLOAT, drive);
        Map<String, INDArray> second = lifetimes.gradients(DataType.FLOAT, drive);
        first.forEach((name, array) -> assertThat(second.get(name).data().asFloat())
                .as("gradient of %s in %s", name, lifetimes)
                .isEqualTo(array.data().asFloat()));
    }

    @Test
    void nanIsRefusedAsOnTheCpu() {
        Lifetimes lifetimes = new Lifetimes(cell(5, new DecayingHebb()), 3, 1);
        INDArray drive = lifetimes.drive();
        drive.putScalar(4, Float.NaN);
        assertThatThrownBy(() -> lifetimes.gradients(DataType.FLOAT, drive))
                .isInstanceOf(NotFiniteInput.class)
                .hasMessageContaining("drive");
    }

    @Test
    void memoryThatIsNotThereIsNamedInOneSentence() {
        assertThatThrownBy(() -> DeviceArray.floats(OnTheGpu.device(), 1L << 40))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no room for 4,194,304 MiB");
    }

    @Test
    void shapesThatWereNotUsedForLongLeaveTheDevice() {
        Optional<LifetimeAccelerator> counted = LifetimeDevice.accelerator();
        CudaDevice device = OnTheGpu.device();
        LifetimeDevice.use(Optional.of(new CudaLifetimes(device)));
        try {
            long free = 0;
            for (int n = 200; n < 220; n++) {
                new Lifetimes(cell(n, new DecayingHebb()), 4, 2).gradients(DataType.FLOAT);
                if (n == 203) {
                    free = device.freeBytes();
                }
            }
            assertThat(device.freeBytes()).isGreaterThan(free - (32L << 20));
        } finally {
            LifetimeDevice.use(counted);
        }
    }
}
