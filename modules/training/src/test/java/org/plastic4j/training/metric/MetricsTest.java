package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
}
