package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Picture;

class GifsTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000fe;
    private static final int GREY = 0x808080;

    private static Picture frame(int... rgb) {
        return new Picture("", 2, 3, rgb);
    }

    @Test
    void framesAreReadBackWithTheirColoursAndTimes() throws IOException {
        List<Picture> frames = List.of(
                frame(RED, BLUE, GREY, GREY, GREY, RED), frame(GREY, GREY, BLUE, RED, RED, RED), frame(new int[6]));
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(Gifs.bytes(new Animation("f", frames, 120))))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            for (int k = 0; k < 3; k++) {
                BufferedImage image = reader.read(k);
                int[] rgb = image.getRGB(0, 0, 3, 2, null, 0, 3);
                assertThat(Arrays.stream(rgb).map(color -> color & 0xffffff).toArray())
                        .isEqualTo(frames.get(k).rgb());
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(k).getAsTree("javax_imageio_gif_image_1.0");
                assertThat(((IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension")
                                        .item(0))
                                .getAttribute("delayTime"))
                        .isEqualTo("12");
            }
        } finally {
            reader.dispose();
        }
    }

    @Test
    void animationIsShownAgainAndAgain() {
        byte[] bytes = Gifs.bytes(new Animation("f", List.of(frame(new int[6])), 50));

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0\3\1\0\0\0");
    }

    @Test
    void tooManyColoursAreRejected() {
        int[] colors = new int[6];
        List<Picture> frames = IntStream.range(0, 50)
                .mapToObj(k -> {
                    Arrays.setAll(colors, i -> 6 * k + i);
                    return frame(colors);
                })
                .toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gifs.bytes(new Animation("much", frames, 50)))
                .withMessage("animation 'much': expected at most 256 colours, found 300");
    }

    @Test
    void framesOfDifferentSizesAreNoFilm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Animation("f", List.of(frame(new int[6]), new Picture("", 3, 2, new int[6])), 50))
                .withMessage("animation 'f': expected frames of 2 x 3, found one of 3 x 2");
    }
}
