package dev.postrider.flow.store;

import dev.postrider.postgres.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Deletes what has been kept long enough, a little at a time. Ids are UUIDv7, so what is old stands
 * at the front of each workspace's index; what isn't finished stays, however old it is.
 */
public final class PurgeEmails {
    private static final String WORKSPACES =
            """
            select id
            from workspace
            """;

    private static final String CONTENTS =
            """
            delete from email_content
            where workspace_id = :workspace
              and email_id = any (array(select content.email_id
                                        from email_content as content
                                        cross join lateral (select finished_at
                                                            from email
                                                            where workspace_id = content.workspace_id
                                                              and id = content.email_id) as email
                                        where content.workspace_id = :workspace
                                          and content.email_id < :made_before
                                          and email.finished_at < :finished_before
                                        order by content.email_id
                                        limit :limit))
            """;

    private static final String EMAILS =
            """
            with old as materialized (
                select id, tags
                from email
                where workspace_id = :workspace
                  and id < :made_before
                  and finished_at < :finished_before
                order by id
                limit :limit
            ),
            contents as (
                delete from email_content
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            ),
            recipients as (
                delete from recipient
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            ),
            tags as (
                delete from email_tag
                where ctid = any (array(
                    select found.ctid
                    from old
                    cross join lateral jsonb_each_text(old.tags) as tag
                    cross join lateral (select ctid
                                        from email_tag
                                        where workspace_id = :workspace
                                          and name = tag.key
                                          and value = tag.value
                                          and email_id = old.id
                                        limit 1) as found))
            ),
            attempts as (
                delete from attempt
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            )
            delete from email
            where workspace_id = :workspace
              and id = any (array(select id from old))
            """;

    /** Limits look back on 24 hours. */
    private static final String USE =
            """
            delete from mailbox_use
            where workspace_id = :workspace
              and minute < now() - interval '26 hours'
            """;

    private final Database database;

    public PurgeEmails(Database database) {
        this.database = database;
    }

    public List<UUID> workspaces() {
        return database.read(handle -> handle.createQuery(WORKSPACES).mapTo(UUID.class).list());
    }

    /** Deletes contents of emails that have been finished for so long; returns how many. */
    public int contents(UUID workspace, Instant now, Duration keep, int limit) {
        return delete(CONTENTS, workspace, now.minus(keep), limit);
    }

    /** Deletes emails with all that belongs to them; returns how many. */
    public int emails(UUID workspace, Instant now, Duration keep, int limit) {
        return delete(EMAILS, workspace, now.minus(keep), limit);
    }

    private int delete(String statement, UUID workspace, Instant before, int limit) {
        return database.inTransaction(handle ->
                handle.createUpdate(statement)
                        .bind("workspace", workspace)
                        .bind("made_before", firstIdAt(before))
                        .bind("finished_before", Timestamp.from(before))
                        .bind("limit", limit)
                        .execute());
    }

    public void use(UUID workspace) {
        var _ =
                database.inTransaction(
                        handle -> handle.createUpdate(USE).bind("workspace", workspace).execute());
    }

    /** RFC 9562, 5.7: the first 48 bits are the milliseconds. */
    public static UUID firstIdAt(Instant time) {
        return new UUID((time.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L);
    }
}
