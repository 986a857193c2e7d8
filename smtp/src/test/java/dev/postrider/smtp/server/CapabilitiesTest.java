package dev.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.reply.Reply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers announce, and how. */
class CapabilitiesTest {

    private static Capabilities parse(Set<String> disregarded, String... lines) {
        return Capabilities.parse(new Reply(250, null, List.of(lines)), disregarded);
    }

    @Test
    void keywordsAndParametersAreReadWhateverTheirCase() {
        Capabilities capabilities =
                parse(
                        Set.of(),
                        "mx.google.com at your service",
                        "size 35882577",
                        "8bitmime",
                        "AUTH LOGIN plain XOAUTH2",
                        "Pipelining",
                        "");
        assertThat(capabilities.extensions())
                .containsOnlyKeys("SIZE", "8BITMIME", "AUTH", "PIPELINING");
        assertThat(capabilities.maxSize()).isEqualTo(35_882_577);
        assertThat(capabilities.mechanisms()).containsExactly("LOGIN", "PLAIN", "XOAUTH2");
    }

    @ParameterizedTest
    @CsvSource({"SIZE", "SIZE 0", "SIZE many", "SIZE -1", "SIZE 99999999999999999999", "X"})
    void aSizeThatSaysNothingIsNoLimit(String line) {
        assertThat(parse(Set.of(), "mx", line).maxSize()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsDisregardedIsNotThere() {
        Capabilities capabilities =
                parse(
                        Set.of("CHUNKING", "AUTH PLAIN"),
                        "mx",
                        "CHUNKING",
                        "AUTH PLAIN LOGIN",
                        "AUTH=PLAIN LOGIN");
        assertThat(capabilities.has("CHUNKING")).isFalse();
        assertThat(capabilities.mechanisms()).containsExactly("LOGIN");
    }

    @Test
    void aServerThatAnnouncesNothingAnnouncesNothing() {
        assertThat(parse(Set.of(), "mx").extensions()).isEmpty();
    }
}
