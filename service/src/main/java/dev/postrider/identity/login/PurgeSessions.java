package dev.postrider.identity.login;

import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Deletes what logins leave behind: sessions that have expired with their tokens, refresh tokens
 * that were used too long ago to matter, counts of guesses, places, tickets. The room's clock
 * decides.
 */
@Singleton
public final class PurgeSessions implements Purge {
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final SetPassword setPassword;

    public PurgeSessions(Sessions sessions, LoginThrottle throttle, SetPassword setPassword) {
        this.sessions = sessions;
        this.throttle = throttle;
        this.setPassword = setPassword;
    }

    @Override
    public String what() {
        return "sessions, guesses and tickets";
    }

    @Override
    public int some(Instant now) {
        return sessions.purge(AT_ONCE) + throttle.purge(AT_ONCE) + setPassword.purge(AT_ONCE);
    }
}
