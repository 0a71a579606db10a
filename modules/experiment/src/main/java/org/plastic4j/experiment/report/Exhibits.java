package org.plastic4j.experiment.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.plastic4j.experiment.train.Exhibit;
import org.plastic4j.experiment.train.Picture;

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
            for (int i = 0; i < exhibit.pictures().size(); i++) {
                int at = i;
                String scale = exhibit.scales()
                        .map(scales -> Scale.html(scales.get(at)))
                        .orElse("");
                html.append(figure(exhibit, exhibit.pictures().get(i), scale));
            }
            html.append("</div>\n</article>\n");
        }
        return html.toString();
    }

    private static String figure(Exhibit exhibit, Picture picture, String scale) {
        BufferedImage image = new BufferedImage(picture.columns(), picture.rows(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.columns(), picture.rows(), picture.rgb(), 0, picture.columns());
        boolean large = picture.columns() > SMALL;
        int width = large ? Math.max(1, LARGE_WIDTH / picture.columns()) * picture.columns() : WIDTH;
        return "<figure%s>%s%s<figcaption>%s</figcaption></figure>\n"
                .formatted(
                        large ? " class=\"large\" style=\"width: %dpx\"".formatted(width) : "",
                        Pngs.element(image, exhibit.title() + ": " + picture.label(), width),
                        scale,
                        Html.text(picture.label()));
    }
}
