import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Draws the pictures of docs/tutorial.md from what its programs print, as the page shows it and the tests check it:
 * {@code java scripts/TutorialPictures.java [FOLDER]}, from the project's folder; FOLDER is docs/images where none is given.
 */
public final class TutorialPictures {
    private static final Pattern OUTPUT = Pattern.compile("public class (\\w+) .*?```text\n(.*?)```", Pattern.DOTALL);
    private static final int WIDTH = 720;
    private static final int HEIGHT = 340;
    private static final int LEFT = 64;
    private static final int RIGHT = 150;
    private static final int TOP = 20;
    private static final int BOTTOM = 48;
    private static final int PIXEL = 14;
    private static final Color[] COLORS = {new Color(0x1f6feb), new Color(0xc4572b)};
    private static final Color BLACK = new Color(0x24292f);
    private static final Color FAINT = new Color(0xd8dee4);

    private TutorialPictures() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(arguments.length == 0 ? "docs/images" : arguments[0]);
        Matcher outputs = OUTPUT.matcher(
                Files.readString(Path.of("docs/tutorial.md")).replace("\r\n", "\n"));
        while (outputs.find()) {
            Path file = folder.resolve("tutorial-" + outputs.group(1).toLowerCase(Locale.ROOT) + ".png");
            List<String> lines = outputs.group(2).lines().toList();
            BufferedImage picture = outputs.group(2).contains("###") ? pixels(lines) : curves(lines);
            ImageIO.write(picture, "png", file.toFile());
            System.out.println(file);
        }
    }

    /** A table whose first line names its columns: the first is the axis; those of zeros and ones alone are shaded where they are one. */
    private static BufferedImage curves(List<String> lines) {
        List<String> names = List.of(lines.get(0).strip().split(" {2,}"));
        List<double[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.matches("[-0-9. ]+")) {
                rows.add(Arrays.stream(line.strip().split(" +")).mapToDouble(Double::parseDouble).toArray());
            }
        }
        double last = rows.get(rows.size() - 1)[0];
        double top = rows.stream().flatMapToDouble(row -> Arrays.stream(row).skip(1)).max().orElseThrow();
        double tick = top > 0.5 ? 0.25 : 0.05;
        double highest = Math.ceil(top / tick) * tick;
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(picture);
        double right = WIDTH - LEFT - RIGHT;
        double up = HEIGHT - TOP - BOTTOM;
        for (double value = 0; value < highest + tick / 2; value += tick) {
            int y = (int) (HEIGHT - BOTTOM - value / highest * up);
            graphics.setColor(FAINT);
            graphics.drawLine(LEFT, y, (int) (LEFT + right), y);
            graphics.setColor(BLACK);
            graphics.drawString(String.format(Locale.ROOT, "%.2f", value), 18, y + 5);
        }
        int curve = 0;
        for (int column = 1; column < names.size(); column++) {
            int of = column;
            if (rows.stream().allMatch(row -> row[of] == 0 || row[of] == 1)) {
                int y = HEIGHT - BOTTOM - 16 * column;
                graphics.setColor(FAINT.darker());
                for (double[] row : rows) {
                    if (row[column] == 1) {
                        graphics.fillRect((int) (LEFT + (row[0] - 0.5) / last * right), y, (int) Math.ceil(right / last), 8);
                    }
                }
                graphics.drawString(names.get(column), WIDTH - RIGHT + 24, y + 10);
                continue;
            }
            Path2D line = new Path2D.Double();
            for (double[] row : rows) {
                double x = LEFT + row[0] / last * right;
                double y = HEIGHT - BOTTOM - row[column] / highest * up;
                if (line.getCurrentPoint() == null) {
                    line.moveTo(x, y);
                }
                line.lineTo(x, y);
            }
            graphics.setColor(COLORS[curve++]);
            graphics.setStroke(new BasicStroke(2.4f));
            graphics.draw(line);
            graphics.drawString(
                    names.get(column), WIDTH - RIGHT + 10, (int) line.getCurrentPoint().getY() + 5);
        }
        graphics.setColor(BLACK);
        for (int k = 0; k <= 4; k++) {
            String label = String.format(Locale.ROOT, "%,.0f", k * last / 4);
            int x = (int) (LEFT + k * right / 4) - graphics.getFontMetrics().stringWidth(label) / 2;
            graphics.drawString(label, x, HEIGHT - BOTTOM + 18);
        }
        graphics.drawString(names.get(0), (int) (LEFT + right / 2) - 20, HEIGHT - 8);
        return picture;
    }

    /** Pictures beside each other: # is black, . white, ? neither; the line above each row of them names them. */
    private static BufferedImage pixels(List<String> lines) {
        int columns = lines.stream().mapToInt(String::length).max().orElseThrow();
        List<String> shown = String.join("\n", lines).strip().lines().toList();
        BufferedImage picture =
                new BufferedImage((columns + 2) * PIXEL, (shown.size() + 2) * PIXEL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(picture);
        for (int row = 0; row < shown.size(); row++) {
            String line = shown.get(row);
            for (int column = 0; column < line.length(); column++) {
                int x = (column + 1) * PIXEL;
                int y = (row + 1) * PIXEL;
                char pixel = line.charAt(column);
                if (Character.isLetter(pixel) && (column == 0 || line.charAt(column - 1) == ' ')) {
                    graphics.setColor(BLACK);
                    graphics.drawString(line.substring(column).split(" {2,}")[0], x, y + PIXEL - 4);
                } else if ("#.?".indexOf(pixel) >= 0) {
                    graphics.setColor(pixel == '#' ? BLACK : pixel == '?' ? new Color(0xa9b8cc) : Color.WHITE);
                    graphics.fillRect(x, y, PIXEL, PIXEL);
                    graphics.setColor(FAINT);
                    graphics.drawRect(x, y, PIXEL, PIXEL);
                }
            }
        }
        return picture;
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        return graphics;
    }
}
