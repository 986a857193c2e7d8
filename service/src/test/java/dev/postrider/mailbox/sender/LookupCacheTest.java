package dev.postrider.mailbox.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LookupCacheTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final LookupCache<String, Integer> recent = new LookupCache<>(nanos::get);

    @Test
    void whatWasFoundIsRememberedForASecond() {
        assertThat(look()).contains(1);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(look()).contains(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(look()).contains(2);
    }

    @Test
    void aChangeIsSeenAtOnce() {
        look();

        recent.forget();

        assertThat(look()).contains(2);
    }

    @Test
    void aLookThatAChangeOvertookIsNotRemembered() {
        recent.find(
                "ann",
                _ -> {
                    recent.forget();
                    return Optional.of(-1);
                });

        assertThat(look()).contains(1);
    }

    @Test
    void whatWasNotFoundIsLookedForAgain() {
        assertThat(recent.find("ann", _ -> Optional.empty())).isEmpty();

        assertThat(look()).contains(1);
    }

    private Optional<Integer> look() {
        return recent.find("ann", _ -> Optional.of(looks.incrementAndGet()));
    }
}
