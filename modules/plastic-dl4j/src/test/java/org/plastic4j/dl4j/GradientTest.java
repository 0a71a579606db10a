package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.PlasticityRule;

/** Deeplearning4j's own check: every parameter by central differences, in double. */
@Tag("slow")
class GradientTest {
    private static final int BATCH = 2;
    private static final int STEPS = 4;

    private static DataType before;

    @BeforeAll
    static void inDouble() {
        before = Nd4j.dataType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void asBefore() {
        Nd4j.setDefaultDataTypes(before, before);
    }

    private static boolean passes(PlasticRnn layer, INDArray inputMask, INDArray labelMask) {
        MultiLayerNetwork network = Networks.network(layer, DataType.DOUBLE, new NoOp());
        return GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(Networks.input(DataType.DOUBLE, BATCH, Networks.INPUTS, STEPS, 1))
                .labels(Networks.classes(DataType.DOUBLE, BATCH, STEPS, 2))
                .inputMask(inputMask)
                .labelMask(labelMask)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                .exitOnFirstError(false));
    }

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, PER_CONNECTION, FUSED",
        "decaying_hebb, SHARED, FUSED",
        "decaying_hebb, ABSENT, FUSED",
        "decaying_hebb, PER_CONNECTION, UNROLLED",
        "oja, PER_CONNECTION, FUSED",
        "hard_bound, PER_CONNECTION, FUSED",
        "soft_bound, PER_CONNECTION, FUSED",
        "neuromodulated, PER_CONNECTION, FUSED",
        "neuromodulated_fan_out, PER_CONNECTION, FUSED",
        "retroactive, PER_CONNECTION, FUSED",
        "normalised, PER_CONNECTION, FUSED"
    })
    void everyRulePassesDeeplearning4jsGradientCheck(String rule, Alpha alpha, Execution execution) {
        // The bound is wide: at its edge the gradient has a step, which differences would smear.
        assertThat(passes(
                        Networks.plastic()
                                .rule(PlasticityRule.of(rule, 8))
                                .alpha(alpha)
                                .execution(execution)
                                .build(),
                        null,
                        null))
                .isTrue();
    }

    @Test
    void examplesOfDifferentLengthsPassIt() {
        INDArray mask = Networks.ends(DataType.DOUBLE, STEPS, 4, 2);

        assertThat(passes(Networks.plastic().build(), mask, mask)).isTrue();
        assertThat(passes(Networks.plastic().build(), mask, null)).isTrue();
    }

    @Test
    void twoLayersInAComputationGraphPassIt() {
        ComputationGraphConfiguration configuration = Networks.base(DataType.DOUBLE, new NoOp())
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", Networks.plastic().build(), "in")
                .addLayer("second", Networks.plastic().nIn(Networks.NEURONS).build(), "first")
                .addLayer("out", Networks.output(), "second")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(Networks.INPUTS))
                .build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();

        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig()
                        .net(network)
                        .inputs(new INDArray[] {Networks.input(DataType.DOUBLE, BATCH, Networks.INPUTS, STEPS, 3)})
                        .labels(new INDArray[] {Networks.classes(DataType.DOUBLE, BATCH, STEPS, 4)})
                        .epsilon(1e-6)
                        .maxRelError(1e-5)
                        .minAbsoluteError(1e-9)
                        .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)))
                .isTrue();
    }
}
