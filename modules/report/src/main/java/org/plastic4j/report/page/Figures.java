package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** What the network did and has in it, in rows of pictures. */
final class Figures {
    private static final int WIDTH = 200;
    /** Pictures of more columns than this are shown large, each of their pixels as the same number of the page's. */
    private static final int SMALL = 64;

    private static final int LARGE_WIDTH = 440;

    private Figures() {}

    static String html(List<Figure> figures) {
        StringBuilder html = new StringBuilder();
        for (Figure figure : figures) {
            html.append(String.format(
                    Locale.ROOT,
                    "<article class=\"figure\">\n<h3>%s</h3>\n%s<div class=\"pictures\">\n",
                    Html.text(figure.title()),
                    Html.paragraph(figure.caption())));
            figure.animation().ifPresent(animation -> html.append(animation(figure, animation)));
            for (int i = 0; i < figure.pictures().size(); i++) {
                int at = i;
                String scale = figure.scales()
                        .map(scales -> Scale.html(scales.get(at)))
                        .orElse("");
                html.append(figure(figure, figure.pictures().get(i), scale));
            }
            html.append("</div>\n");
            figure.text()
                    .ifPresent(text -> html.append("<details><summary>In letters</summary>\n")
                            .append(Html.code(text))
                            .append("</details>\n"));
            html.append("</article>\n");
        }
        return html.toString();
    }

    private static String animation(Figure figure, Animation animation) {
        int columns = animation.frames().get(0).columns();
        return figure(
                columns,
                Film.element(animation, figure.title() + ": " + animation.label(), width(columns)),
                animation.label());
    }

    private static String figure(Figure figure, Picture picture, String scale) {
        BufferedImage image = new BufferedImage(picture.columns(), picture.rows(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.columns(), picture.rows(), picture.rgb(), 0, picture.columns());
        String element = Pngs.element(image, figure.title() + ": " + picture.label(), width(picture.columns()));
        return figure(picture.columns(), element + scale, picture.label());
    }

    private static String figure(int columns, String content, String label) {
        return String.format(
                Locale.ROOT,
                "<figure%s>%s<figcaption>%s</figcaption></figure>\n",
                columns > SMALL
                        ? String.format(Locale.ROOT, " class=\"large\" style=\"width: %dpx\"", width(columns))
                        : "",
                content,
                Html.text(label));
    }

    private static int width(int columns) {
        return columns > SMALL ? Math.max(1, LARGE_WIDTH / columns) * columns : WIDTH;
    }
}
