package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;

/** The lifetime as a part of somebody's graph. */
class GraphTest {
    private static final PlasticCell CELL = new PlasticCell(6, Alpha.PER_CONNECTION, new Oja());

    private static LifetimeCase lifetimes() {
        return LifetimeCase.random(CELL, true, true, 5, 2, 0.1, 77);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedAndLoadedGraphGivesTheSameGradients(boolean fused, @TempDir Path folder) {
        LifetimeCase lifetimes = lifetimes();
        SameDiff graph = lifetimes.graph(fused ? new FusedLifetime() : new UnrolledLifetime(5), DataType.FLOAT);
        Map<String, INDArray> expected = graph.calculateGradients(Map.of(), "w", "alpha", "eta", "u", "value");
        File file = folder.resolve("graph.fb").toFile();
        graph.save(file, true);
        Map<String, INDArray> found =
                SameDiff.load(file, true).calculateGradients(Map.of(), "w", "alpha", "eta", "u", "value");
        expected.forEach((name, array) -> assertThat(found.get(name)).as(name).isEqualTo(array));
    }

    @Test
    void changingParametersInPlaceChangesWhatFollows() {
        SameDiff graph = lifetimes().graph(new FusedLifetime(), DataType.FLOAT);
        INDArray before = graph.calculateGradients(Map.of(), "w").get("w");
        graph.getVariable("w").getArr().muli(0.5);
        assertThat(graph.calculateGradients(Map.of(), "w").get("w")).isNotEqualTo(before);
    }

    @Test
    void twoLifetimesInARowGiveTheGradientOfOneTwiceAsLong() {
        LifetimeCase whole = lifetimes();
        Map<String, INDArray> expected = whole.run(new FusedLifetime(), DataType.DOUBLE);

        SameDiff graph = SameDiff.create();
        PlasticParameters parameters = PlasticParameters.plastic(
                variable(graph, whole, "w"), variable(graph, whole, "alpha"), variable(graph, whole, "eta"));
        SDVariable[] u = halves(graph, variable(graph, whole, "u"));
        SDVariable[] mask = halves(graph, graph.constant(whole.arrays().get("clamp")));
        SDVariable[] value = halves(graph, variable(graph, whole, "value"));
        LifetimeOutputs first = new FusedLifetime()
                .build(
                        graph,
                        "first",
                        CELL,
                        parameters,
                        LifetimeInputs.driven(u[0])
                                .clamped(mask[0], value[0])
                                .from(variable(graph, whole, "y0"), variable(graph, whole, "hebb0")));
        SDVariable last = graph.squeeze(graph.slice(first.y(), new int[] {1, 0, 0}, 1, 2, 6), 0);
        LifetimeOutputs second = new FusedLifetime()
                .build(
                        graph,
                        "second",
                        CELL,
                        parameters,
                        LifetimeInputs.driven(u[1])
                                .clamped(mask[1], value[1])
                                .from(last, first.hebb().orElseThrow()));
        SDVariable all = graph.concat(0, first.y(), second.y());
        all.mul(graph.constant(whole.arrays().get("y_cot")))
                .sum()
                .add(second.hebb()
                        .orElseThrow()
                        .mul(graph.constant(whole.arrays().get("hebb_cot")))
                        .sum())
                .rename("objective")
                .markAsLoss();
        String[] names = {"w", "alpha", "eta", "u", "value", "y0", "hebb0"};
        Map<String, INDArray> found = graph.calculateGradients(Map.of(), names);
        for (String name : names) {
            assertThat(Agreement.relativeError(expected.get("grad_" + name), found.get(name)))
                    .as(name)
                    .isLessThan(1e-12);
        }
    }

    /** Steps 1 and 2, and steps 3 to 5. */
    private static SDVariable[] halves(SameDiff graph, SDVariable steps) {
        return new SDVariable[] {
            graph.slice(steps, new int[] {0, 0, 0}, 2, 2, 6), graph.slice(steps, new int[] {2, 0, 0}, 3, 2, 6)
        };
    }

    private static SDVariable variable(SameDiff graph, LifetimeCase lifetimes, String name) {
        return graph.var(name, lifetimes.arrays().get(name));
    }

    @Test
    void otherGraphsOfTheProcessStillWork() {
        lifetimes().run(new FusedLifetime(), DataType.FLOAT);
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(1.0, 2.0, 3.0).reshape(1, 3));
        SDVariable w = graph.var("w", Nd4j.createFromArray(0.5, -0.5, 0.25).reshape(3, 1));
        graph.identity("out", graph.nn().sigmoid(x.mmul(w)).reshape(1))
                .sum()
                .rename("loss")
                .markAsLoss();
        double s = 1 / (1 + Math.exp(-0.25));
        for (int call = 0; call < 3; call++) {
            assertThat(graph.outputSingle(Map.of(), "out").getDouble(0)).isCloseTo(s, within(1e-12));
            assertThat(graph.calculateGradients(Map.of(), "w").get("w").getDouble(2))
                    .isCloseTo(3 * s * (1 - s), within(1e-12));
        }
    }

    @Test
    void shapesAndTypesThatDoNotFitAreRefusedByName() {
        LifetimeCase lifetimes = lifetimes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(lifetimes.with("w", Nd4j.zeros(DataType.DOUBLE, 6, 5))))
                .withMessage("FusedLifetime \"life\": w: expected shape [6, 6], found FLOAT [6, 5].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(lifetimes.with("eta", Nd4j.zeros(DataType.DOUBLE, 2))))
                .withMessage("FusedLifetime \"life\": eta: expected one number, found FLOAT [2].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(lifetimes.with("hebb0", Nd4j.zeros(DataType.DOUBLE, 1, 6, 6))))
                .withMessage("FusedLifetime \"life\": hebb0: expected shape [2, 6, 6], found FLOAT [1, 6, 6].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        lifetimes.with("clamp", lifetimes.arrays().get("clamp").mul(0.5))))
                .withMessage("clamp mask: expected 1 where a neuron is clamped and 0 elsewhere, found 0.5.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lifetimes.run(new FusedLifetime(), DataType.FLOAT16))
                .withMessageStartingWith("plastic_lifetime: drive: expected type FLOAT or DOUBLE, found");
    }

    private static void run(LifetimeCase lifetimes) {
        lifetimes.run(new FusedLifetime(), DataType.FLOAT);
    }

    @Test
    void parametersThatDoNotFitTheCellAreRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, 3, 1, 6);
        PlasticParameters fixed = PlasticParameters.fixed(graph.var("w", DataType.FLOAT, 6, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FusedLifetime().build(graph, "life", CELL, fixed, LifetimeInputs.driven(drive)))
                .withMessage("PlasticParameters: expected w, alpha, eta for a cell with rule oja, found w.");
        assertThatIllegalArgumentException().isThrownBy(() -> new PlasticCell(0, Alpha.SHARED, new DecayingHebb()));
        assertThatIllegalArgumentException().isThrownBy(() -> new UnrolledLifetime(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Initialisation(-1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Initialisation(1, 1, Double.NaN));
    }

    @Test
    void parametersAreCountedAsThePaperDoes() {
        assertThat(new PlasticCell(1001, Alpha.PER_CONNECTION, new DecayingHebb()).parameterCount())
                .isEqualTo(2_004_002 + 1);
        assertThat(new PlasticCell(1025, Alpha.PER_CONNECTION, new DecayingHebb()).parameterCount())
                .isEqualTo(2_101_250 + 1);
    }

    @Test
    void theSameSeedDrawsTheSameParameters() {
        Initialisation initialisation = new Initialisation(0.5, 0.25, 0.125);
        Map<String, INDArray> drawn = initialisation.draw(CELL, DataType.DOUBLE, 3);
        assertThat(drawn.keySet()).containsExactly("w", "alpha", "eta");
        assertThat(drawn).isEqualTo(initialisation.draw(CELL, DataType.DOUBLE, 3));
        assertThat(drawn).isNotEqualTo(initialisation.draw(CELL, DataType.DOUBLE, 4));
        PlasticCell large = new PlasticCell(100, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> many = initialisation.draw(large, DataType.DOUBLE, 3);
        assertThat(many.get("w").stdNumber().doubleValue()).isCloseTo(0.5, within(0.02));
        assertThat(many.get("alpha").stdNumber().doubleValue()).isCloseTo(0.25, within(0.01));
        assertThat(many.get("eta").getDouble(0)).isEqualTo(0.125);
    }

    @Test
    void secondDerivativesOfTheFusedLifetimeAreRefused() {
        assertThatThrownBy(() -> new org.plastic4j.core.op.FusedLifetimeGradOp().doDiff(java.util.List.of()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use UnrolledLifetime");
    }
}
