package dev.postrider.identity.issuer;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Which providers' answers were taken, for as long as they could be shown again. */
@Singleton
public final class UsedSignIns implements Purge {
    private static final String ADD =
            """
            insert into used_sign_in (state_hash, expires_at)
            values (:hash, :expires_at)
            on conflict (state_hash) do nothing
            """;

    private static final String PURGE =
            """
            delete from used_sign_in
            where ctid = any (array(
                select ctid
                from used_sign_in
                where expires_at < :now
                order by expires_at
                limit :limit))
            """;

    private final Database database;

    public UsedSignIns(Database database) {
        this.database = database;
    }

    /** Whether it is the first time. */
    static boolean add(Handle handle, byte[] stateHash, Instant expiresAt) {
        return handle.createUpdate(ADD)
                        .bind("hash", stateHash)
                        .bind("expires_at", Timestamp.from(expiresAt))
                        .execute()
                == 1;
    }

    @Override
    public String what() {
        return "used sign-ins";
    }

    /** An hour later, whatever the nodes' clocks say. */
    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(PURGE)
                        .bind("now", Timestamp.from(now.minusSeconds(3_600)))
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
