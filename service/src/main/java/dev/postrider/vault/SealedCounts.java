package dev.postrider.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How many secrets are sealed with which data key, and which master keys open it; never a key.
 * Secrets are counted up to 100,000 of a kind.
 *
 * @param id of the data key
 * @param isCurrent whether it seals what is new
 * @param masterKeys the ids of the master keys that open it
 * @param credentials of mailboxes
 * @param others secrets of webhooks, in events, and grants that are to be revoked
 */
public record SealedCounts(
        int id,
        Instant createdAt,
        boolean isCurrent,
        List<Long> masterKeys,
        long credentials,
        long others) {
    private static final int MOST = 100_000;

    /** The last of them seals. */
    private static final String COUNT =
            """
            select k.id, k.created_at,
                   not exists (select
                               from data_key
                               where (created_at, id) > (k.created_at, k.id)) as is_current,
                   array(select master_key_id
                         from data_key_seal
                         where data_key_id = k.id
                         order by master_key_id) as master_keys,
                   (select count(*)
                    from (select
                          from credential
                          where secret_key = k.id
                          limit :most) as counted) as credentials,
                   (select count(*)
                    from (select
                          from webhook
                          where secret_key = k.id
                          limit :most) as counted)
                   + (select count(*)
                      from (select
                            from event
                            where secret_key = k.id
                            limit :most) as counted)
                   + (select count(*)
                      from (select
                            from grant_revocation
                            where secret_key = k.id
                            limit :most) as counted) as others
            from data_key k
            order by k.created_at, k.id
            limit 100
            """;

    public SealedCounts {
        masterKeys = List.copyOf(masterKeys);
    }

    /** Of each data key, the oldest first. */
    public static List<SealedCounts> read(Handle handle) {
        return handle.createQuery(COUNT).bind("most", MOST).map((row, _) -> counts(row)).list();
    }

    private static SealedCounts counts(ResultSet row) throws SQLException {
        var masterKeys = (Integer[]) row.getArray("master_keys").getArray();
        return new SealedCounts(
                row.getInt("id"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("is_current"),
                // as Tink prints ids: unsigned
                Arrays.stream(masterKeys).map(Integer::toUnsignedLong).toList(),
                row.getLong("credentials"),
                row.getLong("others"));
    }
}
