package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class MetricsTest {
    @TempDir
    private Path folder;

    private static Map<String, Double> row(double error, double loss) {
        Map<String, Double> row = new LinkedHashMap<>();
        row.put("error", error);
        row.put("loss", loss);
        return row;
    }

    @Test
    void rowsAreThereAsSoonAsTheyAreRecorded() throws Exception {
        Path csv = folder.resolve("metrics.csv");
        Path jsonl = folder.resolve("metrics.jsonl");
        try (MetricSink sink = MetricSink.all(List.of(new CsvMetrics(csv), new JsonlMetrics(jsonl)))) {
            sink.record(1, row(0.5, 12));
            sink.record(2, row(0.1, Double.NaN));

            assertThat(Files.readString(csv)).isEqualTo("lifetimes,error,loss\n1,0.5,12\n2,0.1,NaN\n");
            assertThat(Files.readString(jsonl)).isEqualTo("""
                {"lifetimes":1,"error":0.5,"loss":12}
                {"lifetimes":2,"error":0.1,"loss":null}
                """);
        }
    }

    @Test
    void nameWithAnyCharacterStaysWholeInBothFilesAndAfterResuming() throws Exception {
        Path csv = folder.resolve("metrics.csv");
        Path jsonl = folder.resolve("metrics.jsonl");
        String name = "a \"b\", c\\d:";
        Map<String, Double> row = new LinkedHashMap<>(Map.of(name, 0.25));
        row.put("loss", 1e-4);
        try (MetricSink sink = MetricSink.all(List.of(new CsvMetrics(csv), new JsonlMetrics(jsonl)))) {
            sink.record(3, row);
            sink.record(6, row);
        }
        try (MetricSink sink = MetricSink.all(List.of(CsvMetrics.resume(csv, 3), JsonlMetrics.resume(jsonl, 3)))) {
            sink.record(9, row);
        }

        assertThat(MetricTable.read(csv).names()).containsExactly("lifetimes", name, "loss");
        assertThat(MetricTable.read(csv).column(name)).containsExactly(0.25, 0.25);
        List<String> lines = Files.readAllLines(jsonl);
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            JsonNode object = new ObjectMapper().readTree(line);
            assertThat(object.fieldNames()).toIterable().containsExactly("lifetimes", name, "loss");
            assertThat(object.path(name).doubleValue()).isEqualTo(0.25);
        }
    }

    @Test
    void rowWithOtherMeasuresIsRejected() {
        try (CsvMetrics sink = new CsvMetrics(folder.resolve("metrics.csv"))) {
            sink.record(1, row(0.5, 12));
            assertThatThrownBy(() -> sink.record(2, Map.of("error", 0.5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("metrics.csv has the measures [error, loss], this row has [error]");
        }
    }

    @Test
    void tableReadsBackWhatWasRecordedWithoutAnUnfinishedLastRow() throws Exception {
        Path csv = Files.writeString(folder.resolve("metrics.csv"), "lifetimes,error,loss\n1,0.5,12\n2,0.1,NaN\n3,0");

        MetricTable table = MetricTable.read(csv);

        assertThat(table.column("lifetimes")).containsExactly(1, 2);
        assertThat(table.column("loss")).containsExactly(12, Double.NaN);
    }

    @Test
    void tableOfSomethingElseIsRejectedWithItsLine() throws Exception {
        Path csv = Files.writeString(folder.resolve("metrics.csv"), "lifetimes,error\n1,0.5\n2,x\n3,1\n");
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n");

        assertThatThrownBy(() -> MetricTable.read(csv))
                .isInstanceOf(UserError.class)
                .hasMessage(csv + ":3: expected numbers, found 2,x");
        assertThatThrownBy(() -> MetricTable.read(other))
                .isInstanceOf(UserError.class)
                .hasMessage(other + ": expected a header that starts with lifetimes");
    }

    @Test
    void rollingMeanIsOfTheLastValuesAndForgetsOthersWholly() {
        RollingMean mean = new RollingMean(2);
        assertThat(mean.mean()).isNaN();
        mean.add(Double.POSITIVE_INFINITY);
        assertThat(mean.isFull()).isFalse();
        mean.add(1);
        mean.add(4);
        assertThat(mean.isFull()).isTrue();
        assertThat(mean.mean()).isEqualTo(2.5);
        assertThat(mean.count()).isEqualTo(2);
    }

    @Test
    void oneOfManyThatCreateAFileAtOnceSucceeds() throws Exception {
        Path csv = folder.resolve("metrics.csv");
        CountDownLatch together = new CountDownLatch(1);
        List<CompletableFuture<CsvMetrics>> attempts = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; i++) {
            attempts.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            together.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return new CsvMetrics(csv);
                    },
                    threads));
        }
        together.countDown();
        int got = 0;
        for (CompletableFuture<CsvMetrics> attempt : attempts) {
            try {
                attempt.get().close();
                got++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(UserError.class);
            }
        }
        threads.shutdown();
        assertThat(got).isEqualTo(1);
    }

    @Test
    void tableWithASpreadsheetsMarksIsReadAndOneWithACellTooManyRejected() throws Exception {
        Path csv = Files.writeString(folder.resolve("metrics.csv"), "\uFEFFlifetimes,error\r\n1,0.5\r\n2,0.25");
        assertThat(MetricTable.read(csv).column("error")).containsExactly(0.5, 0.25);
        Files.writeString(csv, "lifetimes,error\n1,0.5\n2,0.25,7");
        assertThatThrownBy(() -> MetricTable.read(csv)).hasMessage(csv + ":3: expected 2 numbers, found 3");
    }
}
