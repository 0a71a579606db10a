package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.rule.Bcm;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Traces;

/** What the layer does not have is refused with one sentence, in the configuration wherever that is possible. */
class MistakesTest {
    private static void refused(ThrowingCallable call, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(sentence);
    }

    private static MultiLayerNetwork network() {
        return Networks.network(Networks.plastic().build(), DataType.FLOAT, new NoOp());
    }

    @Test
    void settingsThatTheLayerDoesNotHaveAreRefusedWhenItIsBuilt() {
        refused(
                () -> Networks.plastic().activation(Activation.RELU).build(),
                "PlasticRnn: expected activation tanh, the only one of plastic neurons, found relu.");
        refused(
                () -> Networks.plastic().name("memory").nOut(0).build(),
                "PlasticRnn \"memory\": expected nOut from 1 to 46340, found 0.");
        refused(
                () -> Networks.plastic().dataFormat(RNNFormat.NWC).build(),
                "PlasticRnn: expected data format NCW, [batch, size, time], found NWC.");
        refused(
                () -> Networks.plastic().weightInitRecurrent(WeightInit.ZERO).build(),
                "PlasticRnn: expected no weightInitRecurrent, since recurrent weights begin by initialisation, found"
                        + " one.");
        refused(
                () -> Networks.plastic()
                        .initialisation(new Initialisation(0.1, 0.1, 1.5))
                        .build(),
                "PlasticRnn: expected eta from 0 to 1.0 to begin the rule decaying_hebb with, found 1.5.");
    }

    @Test
    void settingsThatCameAfterTheBuilderAreRefusedWhenTheLayerIsInstantiated() {
        String relu = "PlasticRnn \"layer0\": expected activation tanh, the only one of plastic neurons, found relu.";
        refused(
                () -> new TransferLearning.Builder(regression())
                        .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                                .activation(Activation.RELU)
                                .build())
                        .build(),
                relu);
        refused(
                () -> new MultiLayerNetwork(Networks.base(DataType.FLOAT, new NoOp())
                                .activation(Activation.RELU)
                                .list()
                                .layer(Networks.plastic()
                                        .activation(Activation.TANH)
                                        .build())
                                .layer(Networks.output())
                                .setInputType(InputType.recurrent(Networks.INPUTS, RNNFormat.NWC))
                                .build())
                        .init(),
                "PlasticRnn \"layer0\": expected data format NCW, [batch, size, time], found NWC.");
        String json = Networks.configuration(Networks.plastic().build(), DataType.FLOAT, new NoOp())
                .toJson();
        assertThat(json).contains("ActivationTanH", "\"eta\" : 0.3", "\"alpha\" : \"PER_CONNECTION\"");
        refused(() -> initialised(json.replaceFirst("ActivationTanH", "ActivationReLU")), relu);
        refused(
                () -> initialised(json.replace("\"eta\" : 0.3", "\"eta\" : 1.5")),
                "PlasticRnn \"layer0\": expected eta from 0 to 1.0 to begin the rule decaying_hebb with, found 1.5.");
        refused(
                () -> initialised(json.replace("\"alpha\" : \"PER_CONNECTION\"", "\"alpha\" : null")),
                "PlasticRnn \"layer0\": expected alpha, one of [PER_CONNECTION, SHARED, ABSENT], found none.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initialised(json.replace("\"decaying_hebb\"", "\"decayed_hebb\"")))
                .withMessageStartingWith("PlasticRnn \"layer0\": ")
                .withMessageContaining("decayed_hebb");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> initialised(json.replace("\"weightScale\" : 0.4", "\"weightScale\" : -1.0")))
                .withMessageStartingWith("PlasticRnn \"layer0\": ");
    }

    @Test
    void globalActivationOfOtherLayersDoesNotSayThatPlasticNeuronsHaveIt() {
        MultiLayerConfiguration configuration = Networks.base(DataType.FLOAT, new NoOp())
                .activation(Activation.RELU)
                .list()
                .layer(Networks.plastic().build())
                .layer(Networks.output())
                .setInputType(InputType.recurrent(Networks.INPUTS))
                .build();
        PlasticRnn layer = (PlasticRnn) configuration.getConf(0).getLayer();
        assertThat(layer.getActivationFn()).isInstanceOf(ActivationTanH.class);
        new MultiLayerNetwork(configuration).init();
    }

    private static MultiLayerNetwork regression() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, new NoOp())
                .list()
                .layer(Networks.plastic().build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(Networks.NEURONS)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(Networks.INPUTS))
                .build());
        network.init();
        return network;
    }

    private static void initialised(String json) {
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json)).init();
    }

    @Test
    void networkWithoutASizeOfItsInputIsRefused() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new PlasticRnn.Builder().nOut(5).build())
                .layer(Networks.output())
                .build();
        refused(
                () -> new MultiLayerNetwork(configuration).init(),
                "PlasticRnn, layer 0: expected nIn of at least 1, or an input type that it follows from, found 0.");
    }

    @Test
    void inputOfAnotherShapeIsRefused() {
        MultiLayerNetwork network = network();
        refused(
                () -> network.getLayer(0)
                        .activate(Nd4j.zeros(DataType.FLOAT, 2, 4, 6), false, LayerWorkspaceMgr.noWorkspaces()),
                "PlasticRnn, (layer name: layer0, layer index: 0, layer type: PlasticRnnLayer): expected an input of"
                        + " shape [batch, 3, time], found [2, 4, 6].");
    }

    @Test
    void maskWithAPauseIsRefused() {
        INDArray input = Networks.input(DataType.FLOAT, 2, Networks.INPUTS, 4, 1);
        INDArray mask = Networks.ends(DataType.FLOAT, 4, 4, 3);
        mask.putScalar(1, 1, 0);
        DataSet data = new DataSet(input, Networks.classes(DataType.FLOAT, 2, 4, 2), mask, null);
        refused(
                () -> network().fit(data),
                "PlasticRnn, (layer name: layer0, layer index: 0, layer type: PlasticRnnLayer): expected a mask of 1 from"
                        + " an example's beginning to its end and 0 before and behind it, since a lifetime does not pause,"
                        + " found 1.0 at step 2 of example 1.");
    }

    @Test
    void stateOfAnotherNumberOfExamplesIsRefused() {
        MultiLayerNetwork network = network();
        network.rnnTimeStep(Networks.input(DataType.FLOAT, 2, Networks.INPUTS, 1, 1));
        refused(
                () -> network.rnnTimeStep(Networks.input(DataType.FLOAT, 3, Networks.INPUTS, 1, 1)),
                "PlasticRnn, (layer name: layer0, layer index: 0, layer type: PlasticRnnLayer): expected 2 examples as in"
                        + " the state to go on from, found 3; rnnClearPreviousState begins anew.");
    }

    @Test
    void backwardLengthThatIsShorterThanASegmentIsRefused() {
        MultiLayerNetwork network = network();
        PlasticRnnLayer layer = (PlasticRnnLayer) network.getLayer(0);
        layer.activate(
                Networks.input(DataType.FLOAT, 2, Networks.INPUTS, 3, 1), true, LayerWorkspaceMgr.noWorkspaces());
        refused(
                () -> layer.tbpttBackpropGradient(
                        Networks.input(DataType.FLOAT, 2, Networks.NEURONS, 3, 1), 2, LayerWorkspaceMgr.noWorkspaces()),
                "PlasticRnn, (layer name: layer0, layer index: 0, layer type: PlasticRnnLayer): expected a backward length"
                        + " of truncated BPTT of at least the segment's 3 steps, found 2.");
    }

    @Test
    void statesOfNeuronsThatWouldBeginAnewAreRefused() {
        MultiLayerNetwork network =
                Networks.network(Networks.plastic().rule(new Bcm(1)).build(), DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, 2, Networks.INPUTS, 3, 1);
        assertThat(network.output(input).size(2)).isEqualTo(3);
        refused(
                () -> network.rnnTimeStep(input),
                "PlasticRnn, (layer name: layer0, layer index: 0, layer type: PlasticRnnLayer): expected a rule without"
                        + " states of neurons to go on with later, found bcm.");
    }

    @Test
    void aParameterOfTheLayersOwnNameIsRefused() {
        PlasticityRule rule = new PlasticityRule() {
            @Override
            public String key() {
                return "biased";
            }

            @Override
            public List<RuleParameter> parameters() {
                return List.of(new RuleParameter("b", RuleParameter.Size.ONE, new RuleParameter.Constant(0)));
            }

            @Override
            public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> learned) {
                return traces;
            }
        };
        refused(
                () -> Networks.plastic().rule(rule),
                "PlasticRnn: expected a rule without a parameter b, which is the layer's bias, found biased.");
    }

    private static void notFinite(ThrowingCallable call, String tensor) {
        refused(
                call,
                "PlasticRnn, (layer name: memory, layer index: 0, layer type: PlasticRnnLayer): " + tensor
                        + ": expected finite numbers, found NaN at " + Arrays.toString(place(tensor)) + ".");
    }

    private static int[] place(String tensor) {
        return switch (tensor) {
            case "input" -> new int[] {1, 2, 3};
            case "b" -> new int[] {4};
            case "eta" -> new int[] {0};
            default -> new int[] {2, 1};
        };
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void inputAndParametersThatAreNotFiniteAreRefusedWithTheLayersName(Execution execution) {
        MultiLayerNetwork network = Networks.network(
                Networks.plastic().name("memory").execution(execution).build(), DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, 2, Networks.INPUTS, 4, 1);
        INDArray before = network.output(input).dup();
        INDArray spoilt = input.dup();
        spoilt.putScalar(place("input"), Double.NaN);
        notFinite(() -> network.output(spoilt), "input");
        notFinite(() -> network.rnnTimeStep(spoilt), "input");
        notFinite(() -> network.fit(new DataSet(spoilt, Networks.classes(DataType.FLOAT, 2, 4, 2))), "input");
        for (String name : new String[] {"W", "b", "RW", "alpha", "eta"}) {
            INDArray parameter = network.getParam("0_" + name);
            INDArray right = parameter.dup();
            parameter.putScalar(place(name), Double.NaN);
            notFinite(() -> network.output(input), name);
            parameter.assign(right);
        }
        assertThat(network.output(input)).isEqualTo(before);
    }

    @Test
    void driveThatOverflowsIsRefusedWithTheLayersName() {
        MultiLayerNetwork network =
                Networks.network(Networks.plastic().name("memory").build(), DataType.FLOAT, new NoOp());
        INDArray input = Nd4j.ones(DataType.FLOAT, 2, Networks.INPUTS, 4).muli(1e38);
        network.getParam("0_W").assign(100);
        refused(
                () -> network.output(input),
                "PlasticRnn, (layer name: memory, layer index: 0, layer type: PlasticRnnLayer): x W + b: expected finite"
                        + " numbers, found Infinity at [0, 0, 0].");
    }
}
