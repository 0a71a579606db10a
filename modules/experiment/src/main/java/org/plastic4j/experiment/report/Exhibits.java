package org.plastic4j.experiment.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.plastic4j.experiment.train.Exhibit;
import org.plastic4j.experiment.train.Picture;

/** What the network did, in rows of pictures. */
final class Exhibits {
    private static final int WIDTH = 200;

    private Exhibits() {}

    static String html(List<Exhibit> exhibits) {
        StringBuilder html = new StringBuilder();
        for (Exhibit exhibit : exhibits) {
            html.append("<article class=\"exhibit\">\n<h3>%s</h3>\n%s<div class=\"pictures\">\n"
                    .formatted(Html.text(exhibit.title()), Html.paragraph(exhibit.caption())));
            exhibit.pictures().forEach(picture -> html.append(figure(exhibit, picture)));
            html.append("</div>\n</article>\n");
        }
        return html.toString();
    }

    private static String figure(Exhibit exhibit, Picture picture) {
        BufferedImage image = new BufferedImage(picture.columns(), picture.rows(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.columns(), picture.rows(), picture.rgb(), 0, picture.columns());
        return "<figure>%s<figcaption>%s</figcaption></figure>\n"
                .formatted(
                        Pngs.element(image, exhibit.title() + ": " + picture.label(), WIDTH),
                        Html.text(picture.label()));
    }
}
