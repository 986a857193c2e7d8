package dev.postrider.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int UNIT = 64 * 1024;

    private final MemoryBudget room = new MemoryBudget(4 * UNIT);

    @Test
    void itTakesAsMuchAsItHas() throws InterruptedException {
        assertThat(room.enter(3 * UNIT, NO_WAIT)).isPresent();
        assertThat(room.enter(UNIT, NO_WAIT)).isPresent();
        assertThat(room.enter(UNIT, NO_WAIT)).isEmpty();
    }

    @Test
    void whatIsLargerThanAllOfItGetsItAlone() throws InterruptedException {
        try (var _ = room.enter(100 * UNIT, NO_WAIT).orElseThrow()) {
            assertThat(room.enter(UNIT, NO_WAIT)).isEmpty();
        }
        assertThat(room.enter(UNIT, NO_WAIT)).isPresent();
    }

    @Test
    void whatIsKeptIsGivenBackOnce() throws InterruptedException {
        Runnable giveBack;
        try (var held = room.enter(4 * UNIT, NO_WAIT).orElseThrow()) {
            giveBack = held.keep();
        }
        assertThat(room.enter(UNIT, NO_WAIT)).isEmpty();

        giveBack.run();
        giveBack.run();

        assertThat(room.enter(4 * UNIT, NO_WAIT)).isPresent();
        assertThat(room.enter(UNIT, NO_WAIT)).isEmpty();
    }

    @Test
    void whoNeedsNothingWaitsForNobody() throws InterruptedException {
        try (var held = room.enter(4 * UNIT, NO_WAIT).orElseThrow()) {
            var waits =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var _ = room.enter(UNIT, LONG).orElseThrow()) {
                                    // in, at last
                                } catch (InterruptedException _) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            while (waits.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            assertThat(room.enter(UNIT - 1, NO_WAIT)).isPresent();

            held.close();
            waits.join();
        }
    }
}
