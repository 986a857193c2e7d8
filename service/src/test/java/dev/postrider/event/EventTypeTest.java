package dev.postrider.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever listens to all events misses no end of an email. */
final class EventTypeTest {
    private static final Path STATES = Path.of("../docs/state-machine.md");
    private static final Path WEBHOOKS = Path.of("../docs/webhooks.md");

    @Test
    void everyEndInTheDrawingIsTold() throws IOException {
        var ends =
                Pattern.compile("(\\w+) --> \\[\\*\\]")
                        .matcher(Files.readString(STATES))
                        .results()
                        .map(found -> EmailState.of(found.group(1)))
                        .toList();

        assertThat(ends).hasSize(5).allMatch(state -> EventType.ofEnd(state).isPresent());
    }

    @Test
    void noOtherStateIsToldAsAnEnd() {
        for (var state : EmailState.values()) {
            assertThat(EventType.ofEnd(state).isPresent())
                    .as(state.text())
                    .isEqualTo(state.isFinal());
        }
    }

    @Test
    void theTableOfWebhooksHasEachType() throws IOException {
        assertThat(Files.readString(WEBHOOKS))
                .contains(EventType.texts().stream().map(text -> "| `" + text + "` |").toList());
    }
}
