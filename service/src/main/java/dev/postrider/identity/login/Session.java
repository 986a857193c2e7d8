package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import java.time.Duration;
import java.util.UUID;

/** A login of a user; it ends when nobody has refreshed it for its lifetime. */
record Session(UUID id, Caller user) {
    static final Duration LIFETIME = Duration.ofDays(30);
}
