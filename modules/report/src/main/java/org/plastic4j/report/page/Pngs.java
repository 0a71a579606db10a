package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures inside a page. */
final class Pngs {
    private Pngs() {}

    /** An image element, its pixels left as squares; {@code width} is in the page's pixels. */
    static String element(BufferedImage image, String alt, int width) {
        return String.format(
                Locale.ROOT,
                "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,%s\">\n",
                Html.text(alt),
                width,
                Math.round((float) width * image.getHeight() / image.getWidth()),
                base64(image));
    }

    private static String base64(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: through a file, ImageIO needs a shutdown hook, which an interrupted process can no longer have.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException("no picture can be written here", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
