package org.plastic4j.data.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class RetrievalStreamTest {
    private static final RetrievalTask TASK = new RetrievalTask(3);
    private static final RetrievalSet MEASURED = RetrievalSet.draw(TASK, 5, 1);
    private static final RetrievalSet SET = RetrievalSet.draw(TASK, 11, 2, MEASURED);

    private static RetrievalStream training(long seed, int batch) {
        return RetrievalStream.training(SET, MEASURED, seed, batch);
    }

    /** Sequence b of features [T, B, 37] as text, where each vector has a single 1. */
    private static String text(INDArray features, int b) {
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < features.size(0); t++) {
            assertThat(features.slice(t).getRow(b).sumNumber().doubleValue()).isEqualTo(1);
            for (int k = 0; k < features.size(2); k++) {
                if (features.getDouble(t, b, k) == 1) {
                    text.append(RetrievalTask.symbol(k));
                }
            }
        }
        return text.toString();
    }

    private static List<String> texts(RetrievalStream stream, int batches, int which) {
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < batches; k++) {
            INDArray features = stream.next().getFeatures(which);
            for (int b = 0; b < features.size(1); b++) {
                texts.add(text(features, b));
            }
        }
        return texts;
    }

    @Test
    void featuresAreTheSequencesAndLabelsTheirAnswersOneHot() {
        MultiDataSet batch = RetrievalStream.inOrder(SET, 4).next();

        assertThat(batch.getFeatures()).hasSize(1);
        assertThat(batch.getFeatures(0).shape()).containsExactly(9, 4, 37);
        assertThat(batch.getLabels(0).shape()).containsExactly(4, 37);
        for (int b = 0; b < 4; b++) {
            String sequence = SET.sequences().get(b);
            assertThat(text(batch.getFeatures(0), b)).isEqualTo(sequence);
            int digit = 26 + RetrievalTask.answer(sequence) - '0';
            assertThat(batch.getLabels(0).getRow(b).sumNumber().doubleValue()).isEqualTo(1);
            assertThat(batch.getLabels(0).getDouble(b, digit)).isEqualTo(1);
        }
    }

    @Test
    void setInItsOrderBeginsAgainAfterItsLastSequence() {
        List<String> twice = new ArrayList<>(SET.sequences());
        twice.addAll(SET.sequences());

        assertThat(texts(RetrievalStream.inOrder(SET, 2), 11, 0)).isEqualTo(twice);
    }

    @Test
    void trainingShowsTheWholeSetInANewOrderEveryTime() {
        List<String> shown = texts(training(3, 1), 33, 0);

        List<List<String>> passes = List.of(shown.subList(0, 11), shown.subList(11, 22), shown.subList(22, 33));
        assertThat(passes).allSatisfy(pass -> assertThat(pass).containsExactlyInAnyOrderElementsOf(SET.sequences()));
        assertThat(new HashSet<>(passes)).hasSize(3).doesNotContain(SET.sequences());
        assertThat(texts(training(4, 1), 11, 0)).isNotEqualTo(passes.get(0));
    }

    @Test
    void trainingComesWithAsManySequencesToMeasureOnInTheirOrder() {
        MultiDataSet batch = training(3, 2).next();
        assertThat(batch.getFeatures()).hasSize(2);
        assertThat(batch.getLabels()).hasSize(2);

        List<String> measured = texts(training(3, 2), 5, 1);

        assertThat(measured.subList(0, 5)).isEqualTo(MEASURED.sequences());
        assertThat(measured.subList(5, 10)).isEqualTo(MEASURED.sequences());
    }

    @Test
    void lifetimesDependOnThePositionAlone() {
        List<String> one = texts(training(3, 1), 44, 0);

        assertThat(texts(training(3, 4), 11, 0)).isEqualTo(one);
        RetrievalStream later = training(3, 1);
        later.moveTo(25);
        assertThat(texts(later, 10, 0)).isEqualTo(one.subList(25, 35));
        later.moveTo(3);
        assertThat(texts(later, 10, 0)).isEqualTo(one.subList(3, 13));
    }
}
