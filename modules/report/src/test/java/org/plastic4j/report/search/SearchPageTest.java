package org.plastic4j.report.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPageTest {
    @ParameterizedTest
    @CsvSource({"3e-5", "2.5e-4", "0.001", "0.5", "2", "1e23", "hard-bound"})
    void valuesAreWrittenAsPeopleWriteThemAndReadBackAsThemselves(String text) {
        assertThat(Search.plain(text)).isEqualTo(text);
    }
}
