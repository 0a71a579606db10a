package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Picture;

/** Moving pictures inside a page: all frames below each other in one picture, which the page's script moves along. */
final class Film {
    private Film() {}

    /** A film with its controls; without a script, its first frame. {@code width} is in the page's pixels. */
    static String element(Animation animation, String alt, int width) {
        List<Picture> frames = animation.frames();
        Picture first = frames.get(0);
        StringBuilder labels = new StringBuilder();
        frames.forEach(
                frame -> labels.append("<li>").append(Html.text(frame.label())).append("</li>"));
        return String.format(
                Locale.ROOT,
                """
                <div class="film" data-millis="%d">
                <div class="screen" style="aspect-ratio: %d / %d">%s</div>
                <div class="controls"><button type="button" aria-label="pause">❚❚</button>
                <input type="range" min="0" max="%d" value="0" aria-label="step"></div>
                <output>%s</output>
                <ol hidden>%s</ol>
                </div>
                """,
                animation.millis(),
                first.columns(),
                first.rows(),
                Pngs.element(strip(frames), alt, width),
                frames.size() - 1,
                Html.text(first.label()),
                labels);
    }

    private static BufferedImage strip(List<Picture> frames) {
        int columns = frames.get(0).columns();
        int rows = frames.get(0).rows();
        BufferedImage strip = new BufferedImage(columns, rows * frames.size(), BufferedImage.TYPE_INT_RGB);
        for (int k = 0; k < frames.size(); k++) {
            strip.setRGB(0, k * rows, columns, rows, frames.get(k).rgb(), 0, columns);
        }
        return strip;
    }
}
