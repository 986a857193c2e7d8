package dev.postrider.flow.store.count;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The hours that are counted. Who counts takes a row's version first, in a transaction of its own,
 * and keeps what it has counted only under that version; a retry counts it up in its own
 * transaction. So either the count has seen the retry, or it isn't kept.
 */
public final class HourTable {
    private static final String KEPT =
            """
            select *
            from email_hour
            where workspace_id = :workspace
              and hour >= :from
              and hour < :until
              and sent is not null
            """;

    private static final String VERSION =
            """
            with made as (
                insert into email_hour (workspace_id, hour)
                values (:workspace, :hour)
                on conflict (workspace_id, hour) do nothing
                returning version
            )
            select version
            from made
            union all
            select version
            from email_hour
            where workspace_id = :workspace
              and hour = :hour
            limit 1
            """;

    private static final String KEEP =
            """
            update email_hour
            set version = version + 1,
                sent = :sent,
                refused = :refused,
                failed = :failed,
                unknown = :unknown,
                canceled = :canceled,
                waiting = :waiting
            where workspace_id = :workspace
              and hour = :hour
              and version = :version
            """;

    private static final String FORGET =
            """
            insert into email_hour (workspace_id, hour)
            values (:workspace, :hour)
            on conflict (workspace_id, hour) do update
            set version = email_hour.version + 1,
                sent = null
            """;

    /** Of emails that have been purged meanwhile nothing is known. */
    private static final String STATES =
            """
            select email.id, email.state
            from unnest(:ids) as asked(id)
            cross join lateral (select id, state
                                from email
                                where workspace_id = :workspace
                                  and id = asked.id
                                limit 1) as email
            """;

    private HourTable() {}

    /**
     * An hour as it was counted.
     *
     * @param ended those that had ended then
     * @param waiting those that waited
     */
    record Kept(Instant hour, long version, HourCounts ended, List<UUID> waiting) {}

    static List<Kept> kept(Handle handle, UUID workspace, Instant from, Instant until) {
        return handle.createQuery(KEPT)
                .bind("workspace", workspace)
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("until", until.atOffset(ZoneOffset.UTC))
                .map((row, _) -> kept(row))
                .list();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                row.getLong("version"),
                new HourCounts(
                        row.getInt("sent"),
                        row.getInt("refused"),
                        row.getInt("failed"),
                        row.getInt("unknown"),
                        row.getInt("canceled"),
                        0),
                List.of((UUID[]) row.getArray("waiting").getArray()));
    }

    /** Of an hour that may not have been counted yet. */
    static long version(Handle handle, UUID workspace, Instant hour) {
        return handle.createQuery(VERSION)
                .bind("workspace", workspace)
                .bind("hour", hour.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .findOne()
                // made by somebody else in the same moment, whom this statement doesn't see yet
                .orElse(-1L);
    }

    /** Keeps what was counted, unless the version is another by now. */
    static void keep(Handle handle, UUID workspace, Kept counted) {
        var _ =
                handle.createUpdate(KEEP)
                        .bind("workspace", workspace)
                        .bind("hour", counted.hour().atOffset(ZoneOffset.UTC))
                        .bind("version", counted.version())
                        .bind("sent", counted.ended().sent())
                        .bind("refused", counted.ended().refused())
                        .bind("failed", counted.ended().failed())
                        .bind("unknown", counted.ended().unknown())
                        .bind("canceled", counted.ended().canceled())
                        .bind("waiting", counted.waiting().toArray(UUID[]::new))
                        .execute();
    }

    /** An email that had ended goes on: its hour is to be counted again. */
    public static void forget(Handle handle, EmailKey email) {
        var accepted = Instant.ofEpochMilli(email.id().getMostSignificantBits() >>> 16);
        handle.createUpdate(FORGET)
                .bind("workspace", email.workspaceId())
                .bind("hour", accepted.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Map<UUID, EmailState> states(Handle handle, UUID workspace, List<UUID> ids) {
        var states = new HashMap<UUID, EmailState>();
        handle.createQuery(STATES)
                .bind("workspace", workspace)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, _) ->
                        Map.entry(
                                row.getObject("id", UUID.class),
                                EmailState.of(row.getString("state"))))
                .forEach(each -> states.put(each.getKey(), each.getValue()));
        return states;
    }
}
