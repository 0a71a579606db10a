package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.figure.SignedColors;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.TrainingOutcome;

class RunReportTest {
    @TempDir
    private Path folder;

    private List<Throwable> problems;

    private String report(Session session, TrainingOutcome outcome) throws IOException {
        RunDirectory directory = TinyRun.directory(folder.resolve("run"));
        problems = new RunReport(directory, session, TinyRun.ERROR, 20, Optional.of(0.01)).tryWrite(outcome);
        return Files.readString(directory.report());
    }

    private String report() throws IOException {
        String html = report(TinyRun.session(TinyRun::figures), TinyRun.OUTCOME);
        assertThat(problems).isEmpty();
        return html;
    }

    @Test
    void saysWhatCameOutAndShowsEveryPart() throws IOException {
        assertThat(report())
                .contains(
                        "Reached mean error 0.80% over 20 lifetimes after 60 lifetimes (1.5 s).",
                        "<h2 id=\"curves\">Curves</h2>",
                        "<a href=\"#the-same-run-again\">The same run again</a>",
                        "eta over time",
                        "What the network saw and answered</h2>",
                        "What it learned</h2>",
                        "The same run again</h2>",
                        "Settings</h2>",
                        "<dt>seed: run</dt><dd>3</dd>",
                        "<dt>nd4j</dt>");
    }

    @Test
    void commandsGiveTheRunAgainWithoutWhatIsAboutItsOutput() throws IOException {
        assertThat(report())
                .contains("<code>scripts/run tiny --seed 3 --set &#39;note=two words&#39;</code>")
                .contains("scripts/run tiny --config " + folder.resolve("run") + "/config.yaml");
    }

    @Test
    void loadsNothingAndForbidsItselfTo() throws IOException {
        String html = report();
        assertThat(html).contains("default-src 'none'");
        assertThat(html).doesNotContainPattern("(src|href)=\"(?!data:|#)").doesNotContain("@import", "url(");
    }

    @Test
    void libraryInThePageKeepsItsLicence() throws IOException {
        assertThat(report()).contains("The MIT License", "Leon Sorokin");
    }

    @Test
    void textsOfTheUserStayTexts() throws IOException {
        String html = report();
        assertThat(html).doesNotContain("<b>\"5\"", "fail()</script>", "Lifetime <1>", "rate of <wrong>");
        assertThat(html).contains("&lt;b&gt;&quot;5&quot; &amp; &#39;more&#39;", "Lifetime &lt;1&gt;");
        // In scripts, too.
        assertThat(html).contains("rate of \\u003cwrong> signs");
    }

    @Test
    void picturesHaveTextsAndTheirPixels() throws IOException {
        String html = report();
        assertThat(html).doesNotContainPattern("<img (?!alt=\"[^\"])");
        Matcher picture =
                Pattern.compile("<img alt=\"Lifetime[^>]*base64,([^\"]*)\"").matcher(html);
        assertThat(picture.find()).isTrue();
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.group(1))));
        assertThat(image.getRGB(0, 0) & 0xffffff).isZero();
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x808080);
        assertThat(image.getRGB(0, 1) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void dataAndStructureAreShownWithTheirScales() throws IOException {
        Session plain = TinyRun.session(List::of);
        Picture matrix = new Picture("into <one>", 1, 2, new int[] {SignedColors.rgb(-1), SignedColors.rgb(0.5)});
        Session session = new Session(
                plain.title(),
                plain.trainable(),
                plain.lifetimes(),
                plain.figures(),
                () -> List.of(new Figure("Connections", "As they are.", List.of(matrix), Optional.of(List.of(0.125)))),
                Map.of("some.bin", "SHA-256 <0>"));

        String html = report(session, TinyRun.OUTCOME);

        assertThat(problems).isEmpty();
        assertThat(html)
                .contains("<h3>Connections</h3>", "into &lt;one&gt;", "<span>−0.125</span>", "<span>+0.125</span>")
                .contains("Data</h2>", "<dt>some.bin</dt><dd>SHA-256 &lt;0&gt;</dd>");
    }

    @Test
    void runWhoseLifetimesAreDrawnFromSeedsHasNoPartAboutData() throws IOException {
        assertThat(report()).doesNotContain("Data</h2>");
    }

    @Test
    void partThatFailsLeavesTheOthersAndSaysSo() throws IOException {
        Session session = TinyRun.session(() -> {
            throw new IllegalStateException("no lifetimes");
        });
        assertThat(report(session, TinyRun.OUTCOME))
                .contains("Curves</h2>", "Settings</h2>")
                .doesNotContain("What the network saw");
        assertThat(problems).singleElement().extracting(Throwable::getMessage).isEqualTo("no lifetimes");
    }

    @Test
    void metricsThatCannotBeReadCostOnlyTheCurves() throws IOException {
        RunDirectory directory = TinyRun.directory(folder.resolve("run"));
        Files.writeString(directory.metricsCsv(), "");
        RunReport report = new RunReport(directory, TinyRun.session(List::of), TinyRun.ERROR, 20, Optional.empty());

        assertThat(report.tryWrite(TinyRun.OUTCOME)).hasSize(1);
        assertThat(directory.report()).content().contains("This part could not be made", "What it learned</h2>");
    }

    @Test
    void runThatWasInterruptedAtOnceHasAPageWithoutCurves() throws IOException {
        TrainingOutcome none = new TrainingOutcome(TrainingOutcome.End.INTERRUPTED, 0, 0, Double.NaN, 0, 0.1);
        assertThat(report(TinyRun.session(List::of), none))
                .contains("Interrupted after 0 lifetimes")
                .doesNotContain("Curves</h2>");
        assertThat(problems).isEmpty();
    }

    @Test
    void largeMatrixIsShownInBlocksWithTheRangeStated() {
        float[] values = new float[1001 * 1001];
        for (int k = 0; k < values.length; k++) {
            values[k] = k % 2 == 0 ? 2 : -1;
        }
        Heatmap map = Heatmap.of(values, 1001, 1001);
        assertThat(map.block()).isEqualTo(3);
        assertThat(map.image().getWidth()).isEqualTo(334);
        assertThat(map.range()).isBetween(0.6, 0.7);
    }

    @Test
    void longMatrixIsTurnedSoThatItsPictureIsNoLongerThanWide() {
        float[] values = new float[100 * 4];
        values[99 * 4] = 1;
        Heatmap map = Heatmap.of(values, 100, 4);
        assertThat(map.turned()).isTrue();
        assertThat(map.image().getWidth()).isEqualTo(100);
        assertThat(map.image().getHeight()).isEqualTo(4);
        assertThat(map.image().getRGB(99, 0) & 0xffffff).isEqualTo(0xb01c2e);
    }

    @Test
    void matrixIsBlueBelowZeroAndRedAboveAndWhiteAtZero() {
        BufferedImage image =
                Heatmap.of(new float[] {-1, 0, 1, 0.5f, 0, 0}, 2, 3).image();
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x0b4a9e);
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xf7f7f7);
        assertThat(image.getRGB(2, 0) & 0xffffff).isEqualTo(0xb01c2e);
        assertThat(image.getRGB(0, 1) & 0xff).isBetween(0x80, 0xa0);
    }

    @Test
    void histogramCountsEveryValueOnceAlsoIfAllAreEqual() {
        assertThat(Histogram.of(new float[] {-1, 0, 1, 1}).counts()).contains(2).hasSize(61);
        assertThat(Histogram.of(new float[] {3, 3}).counts()[0]).isEqualTo(2);
    }
}
