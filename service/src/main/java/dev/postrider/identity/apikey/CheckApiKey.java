package dev.postrider.identity.apikey;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.postgres.GroupRead;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Tells who an API key speaks for. The database is asked each time, so that a deleted key is
 * refused at once on every node; the requests that come while one query runs share the next one.
 */
@Singleton
public final class CheckApiKey {
    private static final int MAX_BATCH = 500;
    private static final int READERS = 2;

    private final ApiKeys keys;
    private final GroupRead<OpaqueToken, ApiKeys.Used> used;

    public CheckApiKey(ApiKeys keys) {
        this.keys = keys;
        this.used = new GroupRead<>(MAX_BATCH, READERS, keys::used);
    }

    /** Empty when the key is unknown, or its user has gone. */
    public Optional<Caller> of(OpaqueToken secret) {
        var found = used.find(secret);
        found.filter(ApiKeys.Used::isStale).ifPresent(each -> touch(each.caller()));
        return found.map(ApiKeys.Used::caller);
    }

    private void touch(Caller caller) {
        caller.key().ifPresent(key -> keys.touch(caller.workspaceId(), key.id()));
    }
}
