package org.plastic4j.associativeretrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.retrieval.RetrievalStream;
import org.plastic4j.data.retrieval.RetrievalTask;
import org.plastic4j.training.classification.Answers;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few held-out sequences: what was shown, the probabilities of the answers, and the right one. */
final class SequenceFigures {
    private static final int SEQUENCES = 6;
    private static final int SYMBOLS = RetrievalTask.SYMBOLS;

    private SequenceFigures() {}

    /**
     * @param stream held-out sequences; their arrays are closed
     * @param network from sequences, [T, B, 37], to the probabilities of the answers, [B, 37]
     */
    static List<Figure> of(RetrievalStream stream, UnaryOperator<INDArray> network) {
        List<Figure> figures = new ArrayList<>();
        while (figures.size() < SEQUENCES) {
            MultiDataSet batch = stream.next();
            try (INDArray input = batch.getFeatures(0);
                    INDArray target = batch.getLabels(0);
                    INDArray answer = network.apply(input);
                    INDArray copy = answer.dup('c')) {
                float[] inputs = input.data().asFloat();
                int size = Math.toIntExact(target.size(0));
                for (int b = 0; b < size && figures.size() < SEQUENCES; b++) {
                    figures.add(figure(
                            figures.size() + 1,
                            sequence(inputs, b, size),
                            row(copy.data().asFloat(), b),
                            row(target.data().asFloat(), b)));
                }
            }
        }
        return figures;
    }

    private static float[] row(float[] values, int row) {
        return Arrays.copyOfRange(values, row * SYMBOLS, (row + 1) * SYMBOLS);
    }

    /** Sequence b of a batch, [T, 37]. */
    private static float[] sequence(float[] inputs, int b, int size) {
        float[] sequence = new float[inputs.length / size];
        for (int t = 0; t < sequence.length / SYMBOLS; t++) {
            System.arraycopy(inputs, (t * size + b) * SYMBOLS, sequence, t * SYMBOLS, SYMBOLS);
        }
        return sequence;
    }

    private static Figure figure(int number, float[] sequence, float[] answer, float[] target) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < sequence.length; from += SYMBOLS) {
            text.append(RetrievalTask.symbol(Answers.largest(sequence, from, SYMBOLS)));
        }
        int answered = Answers.largest(answer, 0, SYMBOLS);
        int right = Answers.largest(target, 0, SYMBOLS);
        String caption = String.format(
                Locale.ROOT,
                "%s: the network answers %s with a probability of %.1f%%, which is %s.",
                text,
                RetrievalTask.symbol(answered),
                100 * answer[answered],
                answered == right ? "right" : "wrong: " + RetrievalTask.symbol(right));
        return new Figure(
                "Held-out sequence " + number,
                caption,
                List.of(
                        Picture.grey("sequence: a row a step, a column a symbol", SYMBOLS, sequence, 0, 1),
                        Picture.grey("answer", SYMBOLS, answer, 0, 1),
                        Picture.grey("right answer", SYMBOLS, target, 0, 1)));
    }
}
