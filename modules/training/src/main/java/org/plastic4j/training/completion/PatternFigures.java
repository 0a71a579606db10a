package org.plastic4j.training.completion;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few lifetimes that the network was not trained on: the degraded pattern, its prediction, and the whole pattern. */
public final class PatternFigures {
    private static final int LIFETIMES = 3;
    private static final int WRONG = 0xd62f2f;

    private PatternFigures() {}

    /**
     * Lets a network complete three patterns.
     *
     * @param task the lifetimes
     * @param stream fresh lifetimes
     * @param network from the input, [T, B, bits], to its predictions, [B, bits]
     * @return a figure a lifetime
     */
    public static List<Figure> of(PatternTask task, MultiDataSetIterator stream, Function<INDArray, INDArray> network) {
        return CompletedLifetime.of(stream, network, LIFETIMES).stream()
                .map(lifetime ->
                        figure(lifetime.number(), task, lifetime.input(), lifetime.prediction(), lifetime.target()))
                .toList();
    }

    private static Figure figure(int number, PatternTask task, float[] input, float[] prediction, float[] target) {
        int wrong = 0;
        for (int k = 0; k < prediction.length; k++) {
            wrong += BitErrorRate.isWrong(prediction[k], target[k]) ? 1 : 0;
        }
        int columns = Picture.columnsFor(task.bits());
        String caption = String.format(
                Locale.ROOT,
                "%d patterns of %,d bits were shown. Then one of them came back with %,d bits missing (grey); of the"
                        + " prediction, %,d of %,d bits have the wrong sign (%.2f%%).",
                task.patterns(),
                task.bits(),
                task.degradedBits(),
                wrong,
                task.bits(),
                100.0 * wrong / task.bits());
        return new Figure(
                "Lifetime " + number,
                caption,
                List.of(
                        Picture.grey("last input", columns, input, -1, 1),
                        Picture.grey("prediction", columns, prediction, -1, 1),
                        Picture.grey("target", columns, target, -1, 1),
                        wrongBits(columns, prediction, target)));
    }

    private static Picture wrongBits(int columns, float[] prediction, float[] target) {
        Picture faint = Picture.grey("wrong bits, in red", columns, target, -4, 1.6);
        int[] rgb = faint.rgb();
        for (int k = 0; k < prediction.length; k++) {
            if (BitErrorRate.isWrong(prediction[k], target[k])) {
                rgb[k] = WRONG;
            }
        }
        return new Picture(faint.label(), faint.rows(), columns, rgb);
    }
}
