package org.plastic4j.naturalimages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.plastic4j.data.pictures.PictureTask;
import org.plastic4j.training.completion.CompletedLifetime;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few lifetimes with held-out pictures: the whole picture, the half that was shown, and its completion. */
final class PictureFigures {
    private static final int LIFETIMES = 6;
    private static final int MISSING = 0xa9b8cc;

    private PictureFigures() {}

    /**
     * @param task the lifetimes
     * @param stream lifetimes of held-out pictures; their arrays are closed
     * @param network from the input, [T, B, pixels], to its predictions, [B, pixels]
     */
    static List<Figure> of(PictureTask task, MultiDataSetIterator stream, Function<INDArray, INDArray> network) {
        return CompletedLifetime.of(stream, network, LIFETIMES).stream()
                .map(lifetime -> figure(task, lifetime))
                .toList();
    }

    private static Figure figure(PictureTask task, CompletedLifetime lifetime) {
        float[] whole = lifetime.target();
        float[] half = lifetime.input();
        float[] prediction = lifetime.prediction();
        boolean upper = isSilent(half, 0, half.length / 2);
        String caption = String.format(
                Locale.ROOT,
                "%d held-out pictures were shown, and then one of them without its %s half. The prediction's summed squared"
                        + " error is %.1f; a constant gray there would have %.1f.",
                task.pictures(),
                upper ? "upper" : "lower",
                Distances.squared(prediction, whole),
                Distances.squared(half, whole));
        List<Picture> pictures = new ArrayList<>(List.of(
                Picture.grey("original", task.side(), whole, -1, 1),
                degraded(task.side(), half, upper),
                Picture.grey("completed", task.side(), prediction, -1, 1)));
        for (int k = 0; k < task.pictures(); k++) {
            float[] shown = lifetime.inputs().get(k * (task.presentationSteps() + task.gapSteps()));
            if (!Arrays.equals(shown, whole)) {
                pictures.add(Picture.grey("also shown", task.side(), shown, -1, 1));
            }
        }
        return new Figure("Held-out lifetime " + lifetime.number(), caption, pictures);
    }

    /** What is missing in a colour of its own: it is no gray that was shown. */
    private static Picture degraded(int side, float[] half, boolean upper) {
        Picture picture = Picture.grey("degraded: what is missing in blue", side, half, -1, 1);
        int[] rgb = picture.rgb();
        int from = upper ? 0 : half.length / 2;
        Arrays.fill(rgb, from, from + half.length / 2, MISSING);
        return new Picture(picture.label(), picture.rows(), side, rgb);
    }

    private static boolean isSilent(float[] values, int from, int to) {
        for (int k = from; k < to; k++) {
            if (values[k] != 0) {
                return false;
            }
        }
        return true;
    }
}
