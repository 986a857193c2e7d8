package dev.postrider.lab.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which refreshes the lab takes for one too many. */
final class RefreshesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final Refreshes refreshes = new Refreshes();

    @Test
    void eachTokenOfMicrosoftIsUsedOnce() {
        refreshes.add(true, "first", 200, NOW);
        refreshes.add(true, "second", 200, NOW.plusSeconds(12));
        assertThat(refreshes.needless((_, _) -> false)).isEmpty();

        refreshes.add(true, "first", 200, NOW.plusSeconds(24));
        assertThat(refreshes.needless((_, _) -> false)).hasSize(1);
    }

    @Test
    void theOneOfGoogleIsUsedNowAndThen() {
        refreshes.add(false, "same", 200, NOW);
        refreshes.add(false, "same", 200, NOW.plusSeconds(12));
        assertThat(refreshes.needless((_, _) -> false)).isEmpty();

        refreshes.add(false, "same", 200, NOW.plusSeconds(13));
        assertThat(refreshes.needless((_, _) -> false)).hasSize(1);
    }

    @Test
    void aTokenWhoseAnswerDidNotArriveIsUsedAgain() {
        refreshes.add(true, "lost", 0, NOW);
        refreshes.add(true, "lost", 200, NOW.plusSeconds(5));
        assertThat(refreshes.needless((_, _) -> false)).isEmpty();
    }

    @Test
    void soIsOneWhoseNodeDied() {
        refreshes.add(true, "taken along", 200, NOW);
        refreshes.add(true, "taken along", 200, NOW.plusSeconds(5));
        assertThat(refreshes.needless((first, second) -> first.isBefore(second))).isEmpty();
    }

    /** An access token that was refused as soon as it was there. */
    @Test
    void whatIsRefusedInBetweenIsRenewed() {
        refreshes.add(false, "same", 200, NOW);
        refreshes.refused(NOW.plusSeconds(1));
        refreshes.add(false, "same", 200, NOW.plusSeconds(2));
        assertThat(refreshes.needless((_, _) -> false)).isEmpty();

        refreshes.add(false, "same", 200, NOW.plusSeconds(3));
        assertThat(refreshes.needless((_, _) -> false)).hasSize(1);
    }
}
