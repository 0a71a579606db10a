package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.PlasticityRule;

/** Deeplearning4j's own fit, save, load and JSON. */
@Tag("slow")
class TrainingTest {
    private static final DataSet DATA = new DataSet(
            Networks.input(DataType.FLOAT, 4, Networks.INPUTS, 6, 1), Networks.classes(DataType.FLOAT, 4, 6, 2));

    @TempDir
    private Path folder;

    private static PlasticRnn layer(String rule) {
        return Networks.plastic().rule(PlasticityRule.of(rule, 2)).build();
    }

    private static Map<String, INDArray> copy(Map<String, INDArray> parameters) {
        Map<String, INDArray> copies = new HashMap<>();
        parameters.forEach((name, value) -> copies.put(name, value.dup()));
        return copies;
    }

    private static void allMoved(Map<String, INDArray> before, Map<String, INDArray> after) {
        before.forEach((name, value) -> assertThat(
                        after.get(name).sub(value).amaxNumber().doubleValue())
                .as(name)
                .isGreaterThan(1e-4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decaying_hebb",
                "oja",
                "hard_bound",
                "soft_bound",
                "neuromodulated",
                "neuromodulated_fan_out",
                "retroactive"
            })
    void fitTrainsEveryParameterAndLowersTheScore(String rule) {
        MultiLayerNetwork network = Networks.network(layer(rule), DataType.FLOAT, new Adam(0.02));
        Map<String, INDArray> before = copy(network.paramTable());
        double score = network.score(DATA);

        for (int i = 0; i < 25; i++) {
            network.fit(DATA);
        }

        assertThat(network.score(DATA)).isLessThan(0.9 * score);
        assertThat(before.keySet()).contains("0_W", "0_b", "0_RW", "0_alpha");
        allMoved(before, network.paramTable());
    }

    @Test
    void layerWithoutPlasticityHasNoMoreThanItsWeights() {
        MultiLayerNetwork network =
                Networks.network(Networks.plastic().alpha(Alpha.ABSENT).build(), DataType.FLOAT, new Adam(0.02));

        assertThat(network.getLayer(0).paramTable()).containsOnlyKeys("W", "b", "RW");
    }

    @Test
    void computationGraphIsFitSavedAndLoaded() throws Exception {
        ComputationGraphConfiguration configuration = Networks.base(DataType.FLOAT, new Adam(0.02))
                .graphBuilder()
                .addInputs("in")
                .addLayer("plastic", layer("hard_bound"), "in")
                .addLayer("out", Networks.output(), "plastic")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(Networks.INPUTS))
                .build();
        assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
                .isEqualTo(configuration);
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        Map<String, INDArray> before = copy(network.paramTable());
        for (int i = 0; i < 3; i++) {
            network.fit(DATA);
        }
        allMoved(before, network.paramTable());

        File file = folder.resolve("graph.zip").toFile();
        ModelSerializer.writeModel(network, file, true);
        ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file, true);

        assertThat(loaded.outputSingle(DATA.getFeatures())).isEqualTo(network.outputSingle(DATA.getFeatures()));
    }

    @Test
    void savedNetworkGoesOnAsTheOneThatWasNot() throws Exception {
        MultiLayerNetwork network = Networks.network(layer("retroactive"), DataType.FLOAT, new Adam(0.02));
        network.fit(DATA);
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(network, file, true);

        MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file, true);

        assertThat(loaded.output(DATA.getFeatures())).isEqualTo(network.output(DATA.getFeatures()));
        network.fit(DATA);
        loaded.fit(DATA);
        assertThat(loaded.params()).isEqualTo(network.params());
        assertThat(network.clone().params()).isEqualTo(network.params());
    }

    @Test
    void configurationSurvivesJsonAndTellsItsSettingsApart() {
        MultiLayerConfiguration configuration = Networks.configuration(
                Networks.plastic()
                        .name("memory")
                        .rule(PlasticityRule.of("neuromodulated_fan_out", 0.7))
                        .alpha(Alpha.SHARED)
                        .execution(Execution.UNROLLED)
                        .build(),
                DataType.FLOAT,
                new Adam(0.01));

        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

        assertThat(read).isEqualTo(configuration);
        PlasticRnn layer = (PlasticRnn) read.getConf(0).getLayer();
        assertThat(layer.cell().rule()).isEqualTo(PlasticityRule.of("neuromodulated_fan_out", 0.7));
        assertThat(layer.cell().alpha()).isEqualTo(Alpha.SHARED);
        assertThat(layer.execution()).isEqualTo(Execution.UNROLLED);
        assertThat(layer.initialisation()).isEqualTo(Networks.LIVELY);
        assertThat(Networks.plastic().build()).isEqualTo(Networks.plastic().build());
        assertThat(layer("oja")).isNotEqualTo(layer("decaying_hebb"));
        assertThat(layer("oja")).isNotEqualTo(Networks.plastic().nOut(7).build());
    }

    @Test
    void sameSeedBeginsWithTheSameParameters() {
        assertThat(Networks.network(layer("oja"), DataType.FLOAT, new Adam()).params())
                .isEqualTo(Networks.network(layer("oja"), DataType.FLOAT, new Adam())
                        .params());
    }

    private static MultiLayerConfiguration truncated(int forward, int backward) {
        MultiLayerConfiguration configuration =
                Networks.configuration(layer("retroactive"), DataType.FLOAT, new Sgd(0.1));
        configuration.setBackpropType(BackpropType.TruncatedBPTT);
        configuration.setTbpttFwdLength(forward);
        configuration.setTbpttBackLength(backward);
        return configuration;
    }

    @Test
    void truncatedBackpropagationGoesOnFromTheStateOfTheSegmentBefore() {
        MultiLayerNetwork network = new MultiLayerNetwork(truncated(3, 3));
        network.init();
        network.initGradientsView();
        INDArray input = DATA.getFeatures();
        INDArray labels = DATA.getLabels();
        INDArray second = input.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 6))
                .dup();
        // By hand: the state behind the first segment, then the second segment's gradient from there.
        PlasticRnnLayer plastic = (PlasticRnnLayer) network.getLayer(0);
        network.rnnTimeStep(input.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3))
                .dup());
        Map<String, INDArray> state = network.rnnGetPreviousState(0);
        assertThat(state.keySet()).containsExactlyInAnyOrder("y", "hebb", "eligibility");
        INDArray whole = network.feedForward(input, false).get(1).dup();
        LayerWorkspaceMgr arrays = LayerWorkspaceMgr.noWorkspaces();
        plastic.rnnSetPreviousState(state);
        INDArray lived = plastic.rnnActivateUsingStoredState(second, true, true, arrays);

        assertThat(lived.sub(whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 6)))
                        .amaxNumber()
                        .doubleValue())
                .isLessThan(1e-5);
        INDArray slope = Networks.input(DataType.FLOAT, 4, Networks.NEURONS, 3, 9);
        plastic.backpropGradient(slope, arrays);
        double found = plastic.getGradientsViewArray().dup().sumNumber().doubleValue();
        double eps = 1e-2;
        INDArray parameters = plastic.params();
        parameters.addi(eps);
        double above = plastic.rnnActivateUsingStoredState(second, true, false, arrays)
                .mul(slope)
                .sumNumber()
                .doubleValue();
        parameters.subi(2 * eps);
        double below = plastic.rnnActivateUsingStoredState(second, true, false, arrays)
                .mul(slope)
                .sumNumber()
                .doubleValue();
        parameters.addi(eps);
        assertThat((above - below) / (2 * eps)).isCloseTo(found, within(0.02 * (1 + Math.abs(found))));

        network.rnnClearPreviousState();
        double before = network.score(DATA);
        for (int i = 0; i < 20; i++) {
            network.fit(new DataSet(input, labels));
        }
        assertThat(network.score(DATA)).isLessThan(before);
    }
}
