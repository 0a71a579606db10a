package org.plastic4j.playground.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.data.omniglot.Pen;
import org.plastic4j.playground.network.TrainedNetwork;

/** Omniglot's own drawings of characters that were not trained on, redrawn as strokes; where PLASTIC4J_DATA has them. */
@Tag("slow")
class OmniglotStrokesTest {
    private static final int EPISODES = 200;

    /** The held-out characters' drawings, as strokes. */
    private static List<List<List<double[]>>> heldOut(Path zip) throws IOException {
        List<String> names;
        try (var lines = Characters.class.getResourceAsStream("background.txt")) {
            names = new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("test "))
                    .map(line -> line.substring("test ".length()))
                    .toList();
        }
        Map<String, List<List<double[]>>> drawings = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String[] parts = entry.getName().split("/");
                String name = parts.length == 4 ? parts[1] + "/" + parts[2] : "";
                if (names.contains(name) && entry.getName().endsWith(".png")) {
                    drawings.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(strokes(ImageIO.read(new ByteArrayInputStream(in.readAllBytes()))));
                }
            }
        }
        assertThat(drawings).hasSize(names.size());
        return List.copyOf(drawings.values());
    }

    /** A line between all pixels of the drawing's skeleton that touch each other. */
    private static List<double[]> strokes(BufferedImage image) {
        int side = image.getWidth();
        boolean[][] ink = new boolean[side + 2][side + 2];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                ink[y + 1][x + 1] = (image.getRGB(x, y) & 0xff) < 128;
            }
        }
        thin(ink);
        List<double[]> strokes = new ArrayList<>();
        for (int y = 1; y <= side; y++) {
            for (int x = 1; x <= side; x++) {
                for (int[] step : new int[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {-1, 1}}) {
                    if (ink[y][x] && ink[y + step[1]][x + step[0]]) {
                        strokes.add(new double[] {x, y, x + step[0], y + step[1]});
                    }
                }
            }
        }
        return strokes;
    }

    /** Takes pixels off the edges until nothing but a skeleton is left (Zhang and Suen, 1984). */
    private static void thin(boolean[][] ink) {
        int[][] around = {{-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}};
        for (int quiet = 0, pass = 0; quiet < 2; pass++) {
            List<int[]> off = new ArrayList<>();
            for (int y = 1; y < ink.length - 1; y++) {
                for (int x = 1; x < ink.length - 1; x++) {
                    boolean[] p = new boolean[8];
                    int count = 0;
                    int changes = 0;
                    for (int k = 0; k < 8; k++) {
                        p[k] = ink[y + around[k][0]][x + around[k][1]];
                        count += p[k] ? 1 : 0;
                    }
                    for (int k = 0; k < 8; k++) {
                        changes += !p[k] && p[(k + 1) % 8] ? 1 : 0;
                    }
                    boolean edge = pass % 2 == 0
                            ? !(p[0] && p[2] && p[4]) && !(p[2] && p[4] && p[6])
                            : !(p[0] && p[2] && p[6]) && !(p[0] && p[4] && p[6]);
                    if (ink[y][x] && count >= 2 && count <= 6 && changes == 1 && edge) {
                        off.add(new int[] {y, x});
                    }
                }
            }
            off.forEach(pixel -> ink[pixel[0]][pixel[1]] = false);
            quiet = off.isEmpty() ? quiet + 1 : 0;
        }
    }

    @Test
    void atLeastFourOfFiveOfOmniglotsHeldOutDrawingsAreRecognised() throws IOException {
        String data = System.getenv("PLASTIC4J_DATA");
        Path zip = data == null ? Path.of("nothing") : Path.of(data, "omniglot", "images_background.zip");
        assumeTrue(Files.isRegularFile(zip), "no Omniglot in PLASTIC4J_DATA");
        List<List<List<double[]>>> characters = heldOut(zip);
        DrawingNetwork network = new DrawingNetwork(TrainedNetwork.require("drawings"));
        Map<List<double[]>, float[]> drawn = new HashMap<>();
        // Always the same episodes: the share is a property of the network that comes with the program.
        Random random = new Random(3);
        int right = 0;
        for (int episode = 0; episode < EPISODES; episode++) {
            List<Integer> classes =
                    IntStream.range(0, characters.size()).boxed().collect(Collectors.toList());
            Collections.shuffle(classes, random);
            List<DrawingNetwork.Sight> lifetime = new ArrayList<>();
            for (int label = 0; label < network.classes(); label++) {
                List<double[]> strokes = characters.get(classes.get(label)).get(random.nextInt(10));
                lifetime.add(
                        new DrawingNetwork.Sight(drawn.computeIfAbsent(strokes, Pen::draw), OptionalInt.of(label)));
            }
            int wanted = random.nextInt(network.classes());
            List<double[]> strokes = characters.get(classes.get(wanted)).get(10 + random.nextInt(10));
            lifetime.add(new DrawingNetwork.Sight(drawn.computeIfAbsent(strokes, Pen::draw), OptionalInt.empty()));
            float[] probabilities = network.run(lifetime).get(network.classes()).probabilities();
            int most = IntStream.range(0, probabilities.length)
                    .reduce((a, b) -> probabilities[b] > probabilities[a] ? b : a)
                    .orElseThrow();
            right += most == wanted ? 1 : 0;
        }
        assertThat((double) right / EPISODES).as(right + " of " + EPISODES).isGreaterThanOrEqualTo(0.8);
    }
}
