package org.plastic4j.training.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few lifetimes that the network was not trained on: the degraded pattern, its answer, and the whole pattern. */
public final class PatternFigures {
    private static final int LIFETIMES = 3;
    private static final int WRONG = 0xd62f2f;

    private PatternFigures() {}

    /**
     * Lets a network complete three patterns.
     *
     * @param task the lifetimes
     * @param stream fresh lifetimes
     * @param network from what is shown, [T, B, bits], to its answers, [B, bits]
     * @return a figure a lifetime
     */
    public static List<Figure> of(PatternTask task, MultiDataSetIterator stream, Function<INDArray, INDArray> network) {
        List<Figure> figures = new ArrayList<>();
        while (figures.size() < LIFETIMES) {
            MultiDataSet lifetimes = stream.next();
            try (INDArray shown = lifetimes.getFeatures(0);
                    INDArray asked = lifetimes.getLabels(0);
                    INDArray answers = network.apply(shown)) {
                float[] steps = shown.data().asFloat();
                float[] targets = asked.data().asFloat();
                float[] given = answers.dup('c').data().asFloat();
                int batch = (int) asked.size(0);
                for (int b = 0; b < batch && figures.size() < LIFETIMES; b++) {
                    int last = ((task.steps() - 1) * batch + b) * task.bits();
                    figures.add(figure(
                            figures.size() + 1,
                            task,
                            part(steps, last, task.bits()),
                            part(given, b * task.bits(), task.bits()),
                            part(targets, b * task.bits(), task.bits())));
                }
            }
        }
        return figures;
    }

    private static float[] part(float[] values, int from, int length) {
        float[] part = new float[length];
        System.arraycopy(values, from, part, 0, length);
        return part;
    }

    private static Figure figure(int number, PatternTask task, float[] shown, float[] answer, float[] asked) {
        int wrong = 0;
        for (int k = 0; k < answer.length; k++) {
            wrong += BitErrorRate.isWrong(answer[k], asked[k]) ? 1 : 0;
        }
        int columns = Picture.columnsFor(task.bits());
        String caption = String.format(
                Locale.ROOT,
                "%d patterns of %,d bits were shown. Then one of them came back with %,d bits missing (grey); of the"
                        + " answer, %,d of %,d bits have the wrong sign (%.2f%%).",
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
                        Picture.grey("shown in the end", columns, shown, -1, 1),
                        Picture.grey("answered", columns, answer, -1, 1),
                        Picture.grey("asked for", columns, asked, -1, 1),
                        wrongBits(columns, answer, asked)));
    }

    private static Picture wrongBits(int columns, float[] answer, float[] asked) {
        Picture faint = Picture.grey("wrong bits, in red", columns, asked, -4, 1.6);
        int[] rgb = faint.rgb();
        for (int k = 0; k < answer.length; k++) {
            if (BitErrorRate.isWrong(answer[k], asked[k])) {
                rgb[k] = WRONG;
            }
        }
        return new Picture(faint.label(), faint.rows(), columns, rgb);
    }
}
