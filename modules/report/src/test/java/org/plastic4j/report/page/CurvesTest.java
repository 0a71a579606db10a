package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.metric.MetricTable;

class CurvesTest {
    @TempDir
    private Path folder;

    private String html(String column, double... values) throws IOException {
        StringBuilder csv = new StringBuilder("lifetimes,error," + column + "\n");
        for (int i = 0; i < values.length; i++) {
            csv.append("%d,0.5,%s\n".formatted(i + 1, values[i]));
        }
        Path file = Files.writeString(folder.resolve("metrics.csv"), csv);
        return new Curves(MetricTable.read(file), TinyRun.ERROR, 20, Optional.empty()).html(List.of());
    }

    @Test
    void aMeasureThatChangesItsSignHasALinearAxisThoughItsMeanIsPositive() throws IOException {
        assertThat(html("policy_loss", 0.5, -0.1, 0.4))
                .containsPattern("\"yLabel\":\"policy_loss\"[^}]*?\"floor\":0[,}]");
    }

    @Test
    void aMeasureThatIsNeverNegativeHasALogarithmicAxis() throws IOException {
        assertThat(html("loss", 0.5, 0, 0.4)).containsPattern("\"yLabel\":\"loss\"[^}]*?\"floor\":0\\.1[,}]");
    }
}
