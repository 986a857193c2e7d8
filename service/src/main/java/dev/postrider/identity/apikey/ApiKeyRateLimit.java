package dev.postrider.identity.apikey;

import dev.postrider.identity.ApiKey;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Counts each API key's requests, second by second, on this node. Safe for concurrent use. */
@Singleton
public final class ApiKeyRateLimit {
    /** Beyond it, keys that are quiet are forgotten. */
    private static final int MANY = 10_000;

    private final InstantSource clock;
    private final Map<UUID, Window> windows = new ConcurrentHashMap<>();

    public ApiKeyRateLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** One second's requests. */
    private record Window(long second, int count) {}

    /**
     * What a key may still do.
     *
     * @param remaining requests in this second; negative when this one was too many
     */
    public record Left(int limit, int remaining) {
        public boolean isTooMany() {
            return remaining < 0;
        }
    }

    /** Counts a request. */
    public Left count(ApiKey key) {
        var second = clock.instant().getEpochSecond();
        var window =
                windows.merge(
                        key.id(),
                        new Window(second, 1),
                        (before, one) ->
                                before.second() == second
                                        ? new Window(
                                                second,
                                                Math.min(before.count(), key.perSecond()) + 1)
                                        : one);
        if (windows.size() > MANY) {
            windows.values().removeIf(each -> each.second() < second);
        }
        return new Left(key.perSecond(), key.perSecond() - window.count());
    }
}
