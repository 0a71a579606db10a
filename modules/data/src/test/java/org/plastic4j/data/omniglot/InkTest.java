package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plastic4j.data.InvalidData;

/** The same drawing in another encoding is the same drawing. */
@Tag("slow")
class InkTest {
    private static final int SIDE = 105;
    private static final int SHA_256 = 32;
    private static final String NAME = "images_background/Greek/character02/0002_01.png";

    private static final ColorModel GRAY = components(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_BYTE);
    private static final ColorModel GRAY_16 = components(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_USHORT);
    private static final ColorModel GRAY_ALPHA = components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE);
    private static final ColorModel RGB = components(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_BYTE);
    private static final ColorModel RGBA = components(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_BYTE);

    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    /** A picture of these pixels: the first colour is paper, the second is ink. */
    private static BufferedImage picture(ColorModel model, int[] paper, int[] ink) {
        WritableRaster raster = model.createCompatibleWritableRaster(SIDE, SIDE);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                // As SmallOmniglot draws the first drawing of the second character.
                boolean isInk = row < 4 && column < 20 || row >= 50 && row < 54 && column < 10;
                raster.setPixel(column, row, isInk ? ink : paper);
            }
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static byte[] png(BufferedImage picture) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            assertThat(ImageIO.write(picture, "png", bytes)).isTrue();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IndexColorModel palette(int bits, int... rgb) {
        return new IndexColorModel(bits, rgb.length, rgb, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static ColorModel components(int space, boolean alpha, int type) {
        return new ComponentColorModel(
                ColorSpace.getInstance(space),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                type);
    }

    private static Named<byte[]> encoded(String name, ColorModel model, int[] paper, int... ink) {
        return Named.of(name, png(picture(model, paper, ink)));
    }

    private static int[] paper(int... samples) {
        return samples;
    }

    static Stream<Named<byte[]>> encodings() {
        IndexColorModel clear = new IndexColorModel(
                1, 2, new byte[] {0, 0}, new byte[] {0, 0}, new byte[] {0, 0}, new byte[] {0, (byte) 255});
        return Stream.of(
                encoded("1-bit palette, black first", palette(1, 0x000000, 0xffffff), paper(1), 0),
                encoded("1-bit palette, white first", palette(1, 0xffffff, 0x000000), paper(0), 1),
                encoded("1-bit palette, white on black", palette(1, 0x000000, 0xffffff), paper(0), 1),
                encoded("1-bit palette, black on nothing", clear, paper(0), 1),
                encoded("8-bit palette, blue on yellow", palette(8, 0x0000ff, 0xffff00), paper(1), 0),
                encoded("8-bit palette, yellow on blue", palette(8, 0x0000ff, 0xffff00), paper(0), 1),
                encoded("8-bit palette, red on green", palette(8, 0x00ff00, 0xff0000, 0x123456), paper(0), 1),
                encoded("4-bit palette", palette(4, 0x101010, 0x202020, 0xf0f0f0), paper(2), 0),
                encoded("gray", GRAY, paper(255), 0),
                encoded("light gray on white", GRAY, paper(255), 190),
                encoded("gray, white on black", GRAY, paper(0), 255),
                encoded("16-bit gray", GRAY_16, paper(65535), 300),
                encoded("gray with alpha", GRAY_ALPHA, paper(255, 255), 0, 255),
                encoded("black on nothing", GRAY_ALPHA, paper(0, 0), 0, 255),
                encoded("RGB, green on white", RGB, paper(255, 255, 255), 255, 40, 0),
                encoded("RGB, black on red", RGB, paper(255, 0, 0), 0, 0, 0),
                encoded("RGBA, blue on nothing", RGBA, paper(0, 0, 0, 0), 0, 0, 255, 255));
    }

    private Characters read(byte[] png) throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        assertThat(files.put(NAME, png)).isNotNull();
        Files.write(folder.resolve("images_background.zip"), SmallOmniglot.zip(files));
        return Omniglot.read(
                        folder,
                        new DrawingCache(cache),
                        SmallOmniglot.SETS,
                        List.of(SmallOmniglot.ARCHIVE),
                        SmallOmniglot.HELD_OUT)
                .orElseThrow()
                .test();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void drawingIsReadTheSameInEveryEncoding(byte[] png) throws IOException {
        assertThat(read(png).drawn(0))
                .isEqualTo(read(SmallOmniglot.files().get(NAME)).drawn(0));
    }

    static Stream<Named<byte[]>> blanks() {
        return Stream.of(
                encoded("white", palette(1, 0x000000, 0xffffff), paper(1), 1),
                encoded("black", palette(1, 0x000000, 0xffffff), paper(0), 0),
                encoded("white on nothing", GRAY_ALPHA, paper(0, 0), 255, 255),
                encoded("nearly one gray", GRAY, paper(250), 240));
    }

    @ParameterizedTest
    @MethodSource("blanks")
    void pictureOfOneBrightnessIsRejectedWithItsName(byte[] png) {
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> read(png))
                .withMessage(folder.resolve("images_background.zip") + ": " + NAME
                        + ": expected a drawing of ink on paper, found one brightness all over");
    }

    @Test
    void invertedDrawingsInTheCacheOfAnEarlierVersionAreNotTaken() throws Exception {
        byte[] png = png(picture(palette(1, 0xffffff, 0x000000), new int[] {0}, new int[] {1}));
        Characters read = read(png);
        Path file;
        try (Stream<Path> all = Files.list(cache)) {
            file = all.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        int version = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("drawings ") + "drawings ".length();
        bytes[version] = '1';
        int end = bytes.length - SHA_256;
        int ink = SmallOmniglot.ARCHIVE.characters().size() * SmallOmniglot.ARCHIVE.drawings() * Drawings.PIXELS;
        for (int k = end - ink; k < end; k++) {
            bytes[k] = (byte) ~bytes[k];
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, end));
        System.arraycopy(digest, 0, bytes, end, SHA_256);
        Files.write(file, bytes);

        assertThat(read(png).drawn(0)).isEqualTo(read.drawn(0));
    }
}
