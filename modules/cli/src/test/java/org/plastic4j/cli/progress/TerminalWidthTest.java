package org.plastic4j.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource({"40,'',39", "'',24 40,39", "'','',79", "200,'',79", "x,24 60,59", "-3,0 0,79", "1,'',10"})
    void lineIsShorterThanTheTerminalIsWide(String variable, String terminal, int columns) {
        assertThat(TerminalWidth.columns(Map.of("COLUMNS", variable)::get, () -> terminal))
                .isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"39", "60", "79"})
    void lineHasExactlyTheWidthAndTheMeasuresBeforeTheBar(int width) {
        String line = ProgressBarLine.line(1200, 2000, "96.0/s, error 12.3%, loss 45.67", width);
        assertThat(line).hasSize(width).contains("1200/2000");
        assertThat(line.contains("[=")).isEqualTo(width > 60);
    }
}
