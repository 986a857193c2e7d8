package dev.postrider.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int UNIT = 64 * 1024;
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final MemoryBudget budget = new MemoryBudget(8 * UNIT);

    @Test
    void aWorkspaceGetsHalfOfItHoweverOftenItAsks() throws InterruptedException {
        assertThat(budget.open(ONE).grow(3 * UNIT, NO_WAIT)).isTrue();
        assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isTrue();
        assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isFalse();
        assertThat(budget.open(OTHER).grow(4 * UNIT, NO_WAIT)).isTrue();
        assertThat(budget.open(new UUID(0, 3)).grow(UNIT, NO_WAIT)).isFalse();
    }

    @Test
    void whatIsLargerThanAShareGetsTheShare() throws InterruptedException {
        try (var large = budget.open(ONE)) {
            assertThat(large.grow(100 * UNIT, NO_WAIT)).isTrue();
            assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isFalse();
            assertThat(budget.open(OTHER).grow(UNIT, NO_WAIT)).isTrue();
        }
        assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isTrue();
    }

    @Test
    void whatIsHeldGrowsAndIsGivenBackOnce() throws InterruptedException {
        var held = budget.open(ONE);
        assertThat(held.grow(UNIT, NO_WAIT)).isTrue();
        assertThat(held.grow(4 * UNIT, NO_WAIT)).isTrue();
        assertThat(held.grow(2 * UNIT, NO_WAIT)).isTrue();
        assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isFalse();
        held.close();
        held.close();
        assertThat(budget.open(ONE).grow(4 * UNIT, NO_WAIT)).isTrue();
        assertThat(budget.open(ONE).grow(UNIT, NO_WAIT)).isFalse();
    }

    @Test
    void whatIsRefusedLeavesWhatWasHeld() throws InterruptedException {
        var all = new MemoryBudget(4 * UNIT);
        assertThat(all.open(OTHER).grow(2 * UNIT, NO_WAIT)).isTrue();
        assertThat(all.open(new UUID(0, 3)).grow(UNIT, NO_WAIT)).isTrue();
        try (var held = all.open(ONE)) {
            assertThat(held.grow(UNIT, NO_WAIT)).isTrue();
            assertThat(held.grow(2 * UNIT, NO_WAIT)).isFalse();
        }
        assertThat(all.open(ONE).grow(UNIT, NO_WAIT)).isTrue();
    }

    @Test
    void whoNeedsNothingWaitsForNobody() throws InterruptedException {
        try (var held = budget.open(ONE)) {
            assertThat(held.grow(4 * UNIT, NO_WAIT)).isTrue();
            var waits =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var later = budget.open(ONE)) {
                                    assertThat(later.grow(UNIT, LONG)).isTrue();
                                } catch (InterruptedException _) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            while (waits.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(budget.open(ONE).grow(UNIT - 1, NO_WAIT)).isTrue();
            held.close();
            waits.join();
        }
    }
}
