package org.plastic4j.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.encoder.UnrolledEncoder;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.UnrolledReadout;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.trainer.StepResult;

class OmniglotNetworkTest {
    private static final long SEED = 5;
    private static final OmniglotNetwork.Ways FUSED =
            new OmniglotNetwork.Ways(new FusedEncoder(), steps -> new FusedReadout());

    static Config config(String config, String... settings) {
        String[] all = Stream.concat(Stream.of("data.source=generated"), Stream.of(settings))
                .toArray(String[]::new);
        return Configs.load(new OmniglotExperiment(), config, all);
    }

    private static OmniglotNetwork network(Config config, OmniglotNetwork.Ways ways, int batch) {
        OmniglotNetwork.Shape shape = new OmniglotNetwork.Shape(
                config.task().trainingEpisodes(), batch, config.task().group());
        return new OmniglotNetwork(config.network(), ways, shape, SEED);
    }

    @Test
    void thePapersNetworkHas112065Parameters() {
        OmniglotNetwork network = network(config("paper"), FUSED, 1);
        assertThat(network.parameterCount()).isEqualTo(112_065);
        assertThat(network.parameters().keySet())
                .containsExactly(
                        "conv1_w", "conv1_b", "conv2_w", "conv2_b", "conv3_w", "conv3_b", "conv4_w", "conv4_b", "w",
                        "alpha", "eta");
        assertThat(network(config("control"), FUSED, 1).parameterCount()).isEqualTo(112_065 - 321);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.shots=2 task.group=1",
                "task.shots=1 task.group=2 network.rule=decaying-hebb",
                "task.shots=1 task.group=4 network.alpha=shared",
                "task.shots=1 task.group=1 network.alpha=absent"
            })
    void bothExecutionsGiveTheSameLossGradientsAndAnswers(String settings) {
        String[] all = Stream.concat(
                        Stream.of(
                                "network.filters=3",
                                "network.alphaScale=0.4",
                                "network.weightScale=0.4",
                                "network.eta=0.3"),
                        Arrays.stream(settings.split(" ")))
                .toArray(String[]::new);
        Config config = config("regression", all);
        EpisodeTask task = config.task().episodes();
        MultiDataSet episodes = random(task, 4, config.task().group());
        StepResult fused = network(config, FUSED, 4).step(episodes);
        StepResult unrolled = network(config, new OmniglotNetwork.Ways(new UnrolledEncoder(), UnrolledReadout::new), 4)
                .step(episodes);

        assertThat(fused.loss()).isCloseTo(unrolled.loss(), within(1e-5));
        assertThat(fused.measures().get("accuracy"))
                .isEqualTo(unrolled.measures().get("accuracy"));
        for (Map.Entry<String, INDArray> gradient : unrolled.gradients().entrySet()) {
            double size = gradient.getValue().norm2Number().doubleValue();
            assertThat(size)
                    .as("gradient of %s, seed %d", gradient.getKey(), SEED)
                    .isPositive();
            assertThat(gradient.getValue()
                            .sub(fused.gradients().get(gradient.getKey()))
                            .norm2Number()
                            .doubleValue())
                    .as("gradient of %s, seed %d", gradient.getKey(), SEED)
                    .isLessThan(2e-4 * size);
        }
    }

    /** Noise in place of drawings, since these networks are not trained. */
    private static MultiDataSet random(EpisodeTask task, int batch, int group) {
        Random random = new Random(SEED);
        int pictures = task.labelled() * batch / group + batch;
        float[] ink = new float[pictures * 961];
        for (int k = 0; k < ink.length; k++) {
            ink[k] = random.nextFloat();
        }
        INDArray shown = Nd4j.zeros(task.steps(), batch, task.ways());
        INDArray asked = Nd4j.zeros(batch, task.ways());
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < task.labelled(); t++) {
                shown.putScalar(new int[] {t, b, (t + b / group) % task.ways()}, 1);
            }
            asked.putScalar(b, (2 * b) % task.ways(), 1);
        }
        return new MultiDataSet(
                new INDArray[] {Nd4j.createFromArray(ink).reshape('c', pictures, 31, 31, 1), shown},
                new INDArray[] {asked});
    }

    @Test
    void aGroupOfEpisodesGivesWhatTheEpisodesGiveByThemselves() {
        Config config = config("regression", "task.group=2", "network.alphaScale=0.4", "network.eta=0.3");
        EpisodeTask task = config.task().episodes();
        MultiDataSet grouped = random(task, 4, 2);
        OmniglotNetwork together = network(config, FUSED, 4);
        INDArray answers = together.answer(grouped);
        Config single = config("regression", "task.group=1", "network.alphaScale=0.4", "network.eta=0.3");
        OmniglotNetwork alone = network(single, FUSED, 1);
        float[] ink = grouped.getFeatures(0).data().asFloat();
        for (int b = 0; b < 4; b++) {
            float[] own = new float[task.steps() * 961];
            for (int t = 0; t < task.labelled(); t++) {
                System.arraycopy(ink, (t * 2 + b / 2) * 961, own, t * 961, 961);
            }
            System.arraycopy(ink, (task.labelled() * 2 + b) * 961, own, task.labelled() * 961, 961);
            INDArray shown = grouped.getFeatures(1)
                    .get(
                            org.nd4j.linalg.indexing.NDArrayIndex.all(),
                            org.nd4j.linalg.indexing.NDArrayIndex.interval(b, b + 1),
                            org.nd4j.linalg.indexing.NDArrayIndex.all())
                    .dup('c');
            MultiDataSet episode = new MultiDataSet(
                    new INDArray[] {Nd4j.createFromArray(own).reshape('c', task.steps(), 31, 31, 1), shown},
                    new INDArray[] {Nd4j.zeros(1, task.ways())});
            assertThat(alone.answer(episode).toFloatVector())
                    .as("episode %d, seed %d", b, SEED)
                    .isEqualTo(answers.getRow(b).toFloatVector());
        }
    }

    /** Outputs without a class are as if they were not there. */
    @ParameterizedTest
    @ValueSource(strings = {"oja", "decaying-hebb"})
    void networkWithMoreOutputsAnswersFewerClassesAsOneWithoutTheOthers(String rule) {
        String[] settings = {
            "network.rule=" + rule,
            "network.alphaScale=0.4",
            "network.weightScale=0.4",
            "network.eta=0.3",
            "task.group=1",
            "task.ways=3"
        };
        Config few = config("regression", settings);
        Config many = config(
                "regression",
                Stream.concat(Arrays.stream(settings), Stream.of("task.trainingWays=7"))
                        .toArray(String[]::new));
        OmniglotNetwork large = network(many, FUSED, 2);
        OmniglotNetwork small = network(few, FUSED, 2);
        large.parameters()
                .forEach((name, array) -> small.parameters()
                        .get(name)
                        .assign(
                                name.equals("w") || name.equals("alpha")
                                        ? array.get(
                                                org.nd4j.linalg.indexing.NDArrayIndex.all(),
                                                org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 3))
                                        : array));
        MultiDataSet episodes = random(few.task().episodes(), 2, 1);

        float[] answers = large.answer(episodes).dup('c').data().asFloat();

        assertThat(answers)
                .as("seed %d", SEED)
                .containsExactly(small.answer(episodes).dup('c').data().asFloat(), offset(1e-6f));
        // And with whatever it has learned by then.
        large.parameters().get("w").muli(-2);
        small.parameters().get("w").muli(-2);
        assertThat(large.answer(episodes).dup('c').data().asFloat())
                .as("seed %d", SEED)
                .containsExactly(small.answer(episodes).dup('c').data().asFloat(), offset(1e-6f))
                .isNotEqualTo(answers);
    }

    @Test
    void theLossIsTheBinaryCrossEntropyOfTheLastSoftmax() {
        Config config = config("regression", "task.group=1", "network.weightScale=0.5");
        EpisodeTask task = config.task().episodes();
        MultiDataSet episodes = random(task, 3, 1);
        OmniglotNetwork network = network(config, FUSED, 3);
        float[] answers = network.answer(episodes).dup('c').data().asFloat();
        float[] asked = episodes.getLabels(0).dup('c').data().asFloat();
        double sum = 0;
        for (int k = 0; k < answers.length; k++) {
            sum -= Math.log(asked[k] == 1 ? answers[k] : 1 - answers[k]);
        }
        assertThat(network.step(episodes).loss()).isCloseTo(sum / answers.length, within(1e-6));
    }
}
