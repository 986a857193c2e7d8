package dev.postrider.identity.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.Role;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentCallersTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final RecentCallers recent = new RecentCallers(now::get);
    private final OpaqueToken token = OpaqueToken.random(OpaqueToken.Kind.ACCESS);
    private final Caller caller =
            new Caller(UUID.randomUUID(), UUID.randomUUID(), "ann@example.org", Role.MEMBER);

    @Test
    void aCallerIsKnownForAWhileFromWhenTheyWereAskedAbout() {
        assertThat(recent.find(token)).isEmpty();
        recent.remember(token, caller, recent.now());
        now.addAndGet(RecentCallers.LATELY.toNanos() - 1);
        assertThat(recent.find(token)).contains(caller);
        assertThat(recent.find(OpaqueToken.random(OpaqueToken.Kind.ACCESS))).isEmpty();
        now.incrementAndGet();
        assertThat(recent.find(token)).isEmpty();
    }

    @Test
    void whoIsForgottenIsAskedAbout() {
        recent.remember(token, caller, recent.now());
        recent.forget(token);
        assertThat(recent.find(token)).isEmpty();
    }
}
