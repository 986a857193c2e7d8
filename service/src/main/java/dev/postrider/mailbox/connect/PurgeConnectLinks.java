package dev.postrider.mailbox.connect;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Deletes links that have expired long enough ago, and what their browsers were at. */
@Singleton
public final class PurgeConnectLinks implements Purge {
    private static final Duration KEEP = Duration.ofDays(30);

    private final Database database;

    public PurgeConnectLinks(Database database) {
        this.database = database;
    }

    @Override
    public String what() {
        return "connect links";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                ConnectLinkTable.purge(handle, now.minus(KEEP), AT_ONCE)
                        + ConnectAttemptTable.purge(handle, now, AT_ONCE));
    }
}
