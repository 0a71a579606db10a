package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.plastic4j.training.UserError;

class PlatformEncodingTest {
    @Test
    void lettersThatTheLocaleLacksAreRejectedInOneSentence() {
        assertThatThrownBy(() -> PlatformEncoding.checkIn("ANSI_X3.4-1968", "/work", "--out", "r\uFFFD\uFFFDn"))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the argument r\uFFFD\uFFFDn has letters that the locale's encoding, ANSI_X3.4-1968, does not:"
                                + " expected a locale in UTF-8, as in LC_ALL=C.UTF-8");
        assertThatThrownBy(() -> PlatformEncoding.checkIn("US-ASCII", "/w\u00f6rk"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("the working directory /w");
    }

    @Test
    void lettersThatItHasAreTaken() {
        assertThatCode(() -> PlatformEncoding.checkIn("UTF-8", "/w\u00f6rk", "--out", "\u0645"))
                .doesNotThrowAnyException();
        assertThatCode(() -> PlatformEncoding.checkIn("US-ASCII", "/work", "--out", "run"))
                .doesNotThrowAnyException();
        assertThatCode(() -> PlatformEncoding.checkIn("no such encoding", "/work"))
                .doesNotThrowAnyException();
    }
}
