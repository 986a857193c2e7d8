package dev.postrider.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One event is one line, whatever a stranger puts into it. */
final class JournalTest {
    private static final String CATEGORY = JournalTest.class.getName();

    private final Logger logger = Logger.getLogger(CATEGORY);
    private final Journal journal = Journal.of(CATEGORY);
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
    }

    @Test
    void factsFollowWhatHappened() {
        journal.event("sent", "email", 17, "ms", 4);
        assertThat(lines.written).containsExactly("sent email=17 ms=4");
    }

    @Test
    void aLineShowsTheBeginningOfWhatIsLong() {
        journal.event("x".repeat(100_000), "path", "y".repeat(100_000), "ms", 4);
        assertThat(lines.written)
                .containsExactly(
                        "x".repeat(2_000)
                                + "... (100000 characters) path=\""
                                + "y".repeat(2_000)
                                + "... (100000 characters)\" ms=4");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("ok", "ok"),
                arguments("a b", "\"a b\""),
                arguments("a=b", "\"a=b\""),
                arguments("a\"b", "\"a\\\"b\""),
                arguments("a\\b", "\"a\\\\b\""),
                arguments("Jürgen", "\"Jürgen\""),
                arguments("😀", "\"😀\""),
                arguments("a\u0000b", "\"a\\u0000b\""),
                arguments("a\nsent b=1", "\"a\\u000asent b=1\""),
                arguments("\u001b[2J", "\"\\u001b[2J\""),
                arguments("a\u2028b", "\"a\\u2028b\""),
                arguments("evil\u202egpj", "\"evil\\u202egpj\""),
                arguments("\ud800", "\"\\ud800\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueCantEndItsLineOrPassForAnotherFact(String value, String written) {
        journal.event("refused", "reply", value);
        assertThat(lines.written).containsExactly("refused reply=" + written);
    }

    @Test
    void neitherCanWhatHappened() {
        journal.event("GET /\nsent email=1", "status", 404);
        assertThat(lines.written).containsExactly("GET /\\u000asent email=1 status=404");
    }

    private static final class Lines extends Handler {
        private final List<String> written = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            written.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
