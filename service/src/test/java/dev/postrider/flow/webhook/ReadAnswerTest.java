package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadAnswerTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\n\\r\\n                                 | 200",
                "HTTP/1.0 204\\r\\n\\r\\n                                    | 204",
                "HTTP/1.1 301 Moved\\r\\nLocation: http://10.0.0.1/\\r\\n\\r\\n | 301",
                "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 202 Yes\\r\\n\\r\\n | 202",
                "HTTP/1.1 500 No\\nA: b\\n\\n                                | 500",
            })
    void theStatusIsThatOfTheFinalAnswer(String answer, int code) throws IOException {
        assertThat(read(answer.replace("\\r", "\r").replace("\\n", "\n")))
                .isEqualTo(new Answer.Status(code, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                           | PT2M",
                "Sun, 22 Nov 2026 12:00:30 GMT | PT30S",
                "Sun, 22 Nov 2026 11:00:00 GMT |",
                "soon                          |",
                "-1                            |",
                "99999999999999999999          |",
            })
    void aPauseIsSecondsOrADate(String value, Duration pause) throws IOException {
        assertThat(read("HTTP/1.1 503 Later\r\nretry-AFTER: " + value + "\r\n\r\n"))
                .isEqualTo(new Answer.Status(503, Optional.ofNullable(pause)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example.org ESMTP", "HTTP/2 200", "HTTP/1.1 2000 OK", ""})
    void whatIsNoHttpIsNoAnswer(String line) throws IOException {
        assertThat(read(line + "\r\n\r\n")).isInstanceOf(Answer.None.class);
    }

    @Test
    void anAnswerThatBreaksOffOrNeverEndsIsNone() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000)))
                .hasMessageContaining("longer than");
    }

    private static Answer read(String answer) throws IOException {
        return new ReadAnswer(new ByteArrayInputStream(answer.getBytes(ISO_8859_1)), CLOCK).read();
    }
}
