package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.util.List;
import org.plastic4j.training.figure.Exhibit;
import org.plastic4j.training.figure.Film;
import org.plastic4j.training.figure.Picture;

/** What the network did and has in it, in rows of pictures. */
final class Exhibits {
    private static final int WIDTH = 200;
    /** Pictures of more columns than this are shown large, each of their pixels as the same number of the page's. */
    private static final int SMALL = 64;

    private static final int LARGE_WIDTH = 440;

    private Exhibits() {}

    static String html(List<Exhibit> exhibits) {
        StringBuilder html = new StringBuilder();
        for (Exhibit exhibit : exhibits) {
            html.append("<article class=\"exhibit\">\n<h3>%s</h3>\n%s<div class=\"pictures\">\n"
                    .formatted(Html.text(exhibit.title()), Html.paragraph(exhibit.caption())));
            exhibit.film().ifPresent(film -> html.append(film(exhibit, film)));
            for (int i = 0; i < exhibit.pictures().size(); i++) {
                int at = i;
                String scale = exhibit.scales()
                        .map(scales -> Scale.html(scales.get(at)))
                        .orElse("");
                html.append(figure(exhibit, exhibit.pictures().get(i), scale));
            }
            html.append("</div>\n");
            exhibit.text()
                    .ifPresent(text -> html.append("<details><summary>In letters</summary>\n")
                            .append(Html.code(text))
                            .append("</details>\n"));
            html.append("</article>\n");
        }
        return html.toString();
    }

    private static String film(Exhibit exhibit, Film film) {
        int columns = film.frames().get(0).columns();
        return figure(columns, Gifs.element(film, exhibit.title() + ": " + film.label(), width(columns)), film.label());
    }

    private static String figure(Exhibit exhibit, Picture picture, String scale) {
        BufferedImage image = new BufferedImage(picture.columns(), picture.rows(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.columns(), picture.rows(), picture.rgb(), 0, picture.columns());
        String element = Pngs.element(image, exhibit.title() + ": " + picture.label(), width(picture.columns()));
        return figure(picture.columns(), element + scale, picture.label());
    }

    private static String figure(int columns, String content, String label) {
        return "<figure%s>%s<figcaption>%s</figcaption></figure>\n"
                .formatted(
                        columns > SMALL ? " class=\"large\" style=\"width: %dpx\"".formatted(width(columns)) : "",
                        content,
                        Html.text(label));
    }

    private static int width(int columns) {
        return columns > SMALL ? Math.max(1, LARGE_WIDTH / columns) * columns : WIDTH;
    }
}
