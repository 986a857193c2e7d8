package dev.postrider.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.lab.crash.ReadBack.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the lab takes for another account of an email. */
final class ReadBackTest {
    private static final Email EMAIL =
            new Email(
                    "an id",
                    "lab 1",
                    "<1@example.com>",
                    "sent",
                    Instant.EPOCH,
                    false,
                    false,
                    false,
                    List.of());
    private static final Map<String, Shown> SAME = Map.of("an id", new Shown("lab 1", "sent"));
    private static final Map<String, Shown> OTHER = Map.of("an id", new Shown("lab 1", "unknown"));

    @Test
    void theApiSaysWhatTheDatabaseSays() {
        assertThat(new ReadBack(SAME, SAME).differing(List.of(EMAIL))).isEmpty();
        assertThat(new ReadBack(SAME, Map.of()).differing(List.of(EMAIL))).isEmpty();
    }

    @Test
    void whatIsNotListedDiffers() {
        assertThat(new ReadBack(Map.of(), SAME).differing(List.of(EMAIL))).hasSize(1);
    }

    @Test
    void anotherStateDiffersWhereverItIsTold() {
        assertThat(new ReadBack(OTHER, SAME).differing(List.of(EMAIL))).hasSize(1);
        assertThat(new ReadBack(SAME, OTHER).differing(List.of(EMAIL))).hasSize(1);
    }
}
