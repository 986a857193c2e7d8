package dev.postrider.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.lab.crash.Told.Event;
import dev.postrider.lab.crash.Told.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the lab takes for not told, or told too often. */
final class ToldTest {
    private static final Fact HELD = new Fact("mailbox.held", "a mailbox");
    private static final Event FIRST = new Event("1", HELD);
    private static final Event SECOND = new Event("2", HELD);

    @Test
    void whatHappenedIsToldOnce() {
        var told = new Told(Map.of(HELD, 1), List.of(FIRST), Set.of("1"));

        assertThat(told.wrong()).isEmpty();
        assertThat(told.undelivered()).isEmpty();
    }

    @Test
    void whatHappenedTwiceIsToldTwice() {
        assertThat(new Told(Map.of(HELD, 2), List.of(FIRST, SECOND), Set.of()).wrong()).isEmpty();
    }

    @Test
    void nothingIsLost() {
        assertThat(new Told(Map.of(HELD, 1), List.of(), Set.of()).wrong()).hasSize(1);
    }

    @Test
    void nothingIsToldTwice() {
        assertThat(new Told(Map.of(HELD, 1), List.of(FIRST, SECOND), Set.of()).wrong()).hasSize(1);
    }

    @Test
    void nothingIsToldThatDidNotHappen() {
        assertThat(new Told(Map.of(), List.of(FIRST), Set.of()).wrong()).hasSize(1);
    }

    @Test
    void theReceiverHasWhatTheDatabaseHas() {
        var told = new Told(Map.of(HELD, 1), List.of(FIRST), Set.of("2"));

        assertThat(told.undelivered()).hasSize(2);
    }
}
