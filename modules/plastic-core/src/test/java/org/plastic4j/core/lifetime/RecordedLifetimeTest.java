package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.rule.PlasticityRule;

@Tag("kernel")
class RecordedLifetimeTest {
    private static final int STEPS = 19;
    private static final int BATCH = 3;
    private static final int NEURONS = 7;

    private final long seed = System.nanoTime();

    private INDArray normal(DataType type, long... shape) {
        Random random = new Random(seed + shape.length);
        double[] values = new double[(int) Nd4j.createUninitialized(type, shape).length()];
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextGaussian();
        }
        return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
    }

    /** What was lived step by step, and the gradients of {@code sum(y * weights)} from a graph that has it. */
    private Map<String, INDArray> gradients(
            PlasticCell cell, Map<String, INDArray> parameters, INDArray drives, INDArray lived) {
        DataType type = drives.dataType();
        SameDiff graph = SameDiff.create();
        SDVariable drive = graph.placeHolder("drive", type, STEPS, BATCH, NEURONS);
        SDVariable outputs = graph.placeHolder("outputs", type, STEPS, BATCH, NEURONS);
        PlasticParameters variables = PlasticParameters.create(graph, cell, parameters);
        SDVariable y = lived == null
                ? new FusedLifetime()
                        .build(graph, "life", cell, variables, LifetimeInputs.driven(drive))
                        .y()
                : new RecordedLifetime().build(graph, "life", cell, variables, drive, outputs);
        INDArray weights = normal(type, STEPS, BATCH, NEURONS);
        y.mul(graph.constant(weights)).sum().rename("loss").markAsLoss();
        graph.createGradFunction("drive");
        Set<String> names = new TreeSet<>(parameters.keySet());
        names.add("drive");
        return graph.calculateGradients(
                lived == null ? Map.of("drive", drives) : Map.of("drive", drives, "outputs", lived), names);
    }

    private INDArray build(PlasticCell cell, Map<String, INDArray> parameters, INDArray drives) {
        LifetimeStepper stepper = new LifetimeStepper(cell, parameters, BATCH);
        INDArray lived = drives.like();
        for (int t = 0; t < STEPS; t++) {
            lived.get(NDArrayIndex.point(t)).assign(stepper.step(drives.get(NDArrayIndex.point(t))));
        }
        return lived;
    }

    @ParameterizedTest
    @CsvSource({
        "ABSENT, oja, FLOAT",
        "PER_CONNECTION, decaying_hebb, FLOAT",
        "SHARED, oja, FLOAT",
        "PER_CONNECTION, hard_bound, FLOAT",
        "PER_CONNECTION, hard_bound, DOUBLE",
        "SHARED, soft_bound, FLOAT",
        "PER_CONNECTION, neuromodulated, FLOAT",
        "PER_CONNECTION, neuromodulated_fan_out, DOUBLE",
        "PER_CONNECTION, retroactive, FLOAT",
        "PER_CONNECTION, retroactive, DOUBLE",
        "SHARED, normalised, FLOAT",
        "PER_CONNECTION, antisymmetric, DOUBLE"
    })
    void gradientsAreThoseOfTheFusedLifetimeBitForBit(Alpha alpha, String rule, DataType type) {
        PlasticCell cell = new PlasticCell(NEURONS, alpha, PlasticityRule.of(rule, 0.6));
        Map<String, INDArray> parameters = new Initialisation(0.5, 0.5, 0.4, 0.5).draw(cell, type, seed);
        INDArray drives = normal(type, STEPS, BATCH, NEURONS).muli(0.5);

        Map<String, INDArray> expected = gradients(cell, parameters, drives, null);
        Map<String, INDArray> found = gradients(cell, parameters, drives, build(cell, parameters, drives));

        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, gradient) ->
                assertThat(gradient.norm2Number().doubleValue()).as(name).isPositive());
        assertSameBits(expected, found);
    }

    private void assertSameBits(Map<String, INDArray> expected, Map<String, INDArray> found) {
        expected.forEach(
                (name, gradient) -> assertThat(found.get(name).dup('c').data().asDouble())
                        .as("%s, seed %d", name, seed)
                        .isEqualTo(gradient.dup('c').data().asDouble()));
    }

    @Test
    void outputsThatAreNotFiniteAreRefused() {
        PlasticCell cell = new PlasticCell(NEURONS, Alpha.PER_CONNECTION, PlasticityRule.of("oja", 1));
        Map<String, INDArray> parameters = new Initialisation(0.5, 0.5, 0.4).draw(cell, DataType.FLOAT, seed);
        INDArray drives = normal(DataType.FLOAT, STEPS, BATCH, NEURONS);
        INDArray lived = build(cell, parameters, drives);
        lived.putScalar(2, 1, 3, Float.NaN);

        assertThatThrownBy(() -> gradients(cell, parameters, drives, lived))
                .isInstanceOf(NotFiniteInput.class)
                .hasMessageContaining("y");
    }

    /** The pass forward keeps sums for the way back; these are another life's here. */
    @ParameterizedTest
    @CsvSource({"PER_CONNECTION, decaying_hebb", "SHARED, oja"})
    void gradientsTakeNothingFromALifeWithOtherCoefficientsOrOutputs(Alpha alpha, String rule) {
        PlasticCell cell = new PlasticCell(NEURONS, alpha, PlasticityRule.of(rule, 0.6));
        Map<String, INDArray> parameters = new Initialisation(0.5, 0.5, 0.4, 0.5).draw(cell, DataType.FLOAT, seed);
        Map<String, INDArray> others = new TreeMap<>(parameters);
        others.put("alpha", parameters.get("alpha").mul(1.5));
        INDArray drives = normal(DataType.FLOAT, STEPS, BATCH, NEURONS).muli(0.5);
        INDArray lived = build(cell, parameters, drives);
        INDArray otherwise = build(cell, others, drives);
        Map<String, INDArray> ofOtherAlpha = gradients(cell, others, drives, lived);
        Map<String, INDArray> ofOtherOutputs = gradients(cell, parameters, drives, otherwise);

        build(cell, parameters, drives, 2);
        assertSameBits(ofOtherAlpha, gradients(cell, others, drives, lived));
        build(cell, parameters, drives, 2);
        assertSameBits(ofOtherOutputs, gradients(cell, parameters, drives, otherwise));
    }

    /** Fused, with gradients, so often: what the pass forward keeps is there from the second time on. */
    private void build(PlasticCell cell, Map<String, INDArray> parameters, INDArray drives, int times) {
        for (int k = 0; k < times; k++) {
            gradients(cell, parameters, drives, null);
        }
    }
}
