package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Picture;

/** Moving pictures inside a page. */
final class Gifs {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final int MOST_COLORS = 256;
    private static final int MILLIS_PER_UNIT = 10;
    /** The block that says how often an animation is shown: 1, and then 0 in two bytes for "for ever". */
    private static final byte[] FOR_EVER = {1, 0, 0};

    private Gifs() {}

    /** An image element that moves, its pixels left as squares; {@code width} is in the page's pixels. */
    static String element(Animation animation, String alt, int width) {
        Picture first = animation.frames().get(0);
        return String.format(
                Locale.ROOT,
                "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/gif;base64,%s\">\n",
                Html.text(alt),
                width,
                Math.round((float) width * first.rows() / first.columns()),
                Base64.getEncoder().encodeToString(bytes(animation)));
    }

    /** The animation as a file in the GIF format. */
    static byte[] bytes(Animation animation) {
        Map<Integer, Integer> palette = palette(animation);
        IndexColorModel colors = colors(palette);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int k = 0; k < animation.frames().size(); k++) {
                BufferedImage image = image(animation.frames().get(k), palette, colors);
                writer.writeToSequence(new IIOImage(image, null, metadata(writer, image, animation, k)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new IllegalStateException("no animation can be written here", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Map<Integer, Integer> palette(Animation animation) {
        Map<Integer, Integer> palette = new LinkedHashMap<>();
        for (Picture frame : animation.frames()) {
            for (int color : frame.rgb()) {
                palette.putIfAbsent(color, palette.size());
            }
        }
        if (palette.size() > MOST_COLORS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "animation '%s': expected at most %d colours, found %d",
                    animation.label(),
                    MOST_COLORS,
                    palette.size()));
        }
        return palette;
    }

    private static IndexColorModel colors(Map<Integer, Integer> palette) {
        byte[] red = new byte[palette.size()];
        byte[] green = new byte[palette.size()];
        byte[] blue = new byte[palette.size()];
        palette.forEach((color, index) -> {
            red[index] = (byte) (color >> 16);
            green[index] = (byte) (color >> 8);
            blue[index] = (byte) (int) color;
        });
        return new IndexColorModel(Byte.SIZE, palette.size(), red, green, blue);
    }

    private static BufferedImage image(Picture frame, Map<Integer, Integer> palette, IndexColorModel colors) {
        BufferedImage image = new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_BYTE_INDEXED, colors);
        WritableRaster raster = image.getRaster();
        int[] rgb = frame.rgb();
        for (int k = 0; k < rgb.length; k++) {
            raster.setSample(k % frame.columns(), k / frame.columns(), 0, palette.get(rgb[k]));
        }
        return image;
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, Animation animation, int frame)
            throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        // Rows in their order: what is as small as this has no use for a coarse picture first.
        child(root, "ImageDescriptor").setAttribute("interlaceFlag", "FALSE");
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Integer.toString(animation.millis() / MILLIS_PER_UNIT));
        if (frame == 0) {
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(FOR_EVER.clone());
            child(root, "ApplicationExtensions").appendChild(loop);
        }
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        if (root.getElementsByTagName(name).getLength() > 0) {
            return (IIOMetadataNode) root.getElementsByTagName(name).item(0);
        }
        IIOMetadataNode node = new IIOMetadataNode(name);
        root.appendChild(node);
        return node;
    }
}
