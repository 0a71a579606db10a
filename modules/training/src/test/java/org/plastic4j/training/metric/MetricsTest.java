package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void rowWithOtherMeasuresIsRefused() {
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
    void tableOfSomethingElseIsRefusedWithItsLine() throws Exception {
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
