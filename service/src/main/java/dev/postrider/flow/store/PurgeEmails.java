package dev.postrider.flow.store;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import dev.postrider.purge.Retention;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Deletes finished emails that have been kept long enough: their contents first, then all of them.
 * Ids are UUIDv7, so what is old stands at the front of each workspace's index; what isn't finished
 * stays, however old it is. Which workspaces have old ones the index says: a workspace that was
 * removed leaves its emails here.
 */
@Singleton
public final class PurgeEmails implements Purge {
    /** From each workspace's first email to the next workspace's: a look into the index each. */
    private static final String WORKSPACES_OF_EMAILS =
            """
            with recursive first as (
                (select workspace_id, id
                 from email
                 order by workspace_id, id
                 limit 1)
                union all
                select next.workspace_id, next.id
                from first
                cross join lateral (select workspace_id, id
                                    from email
                                    where workspace_id > first.workspace_id
                                    order by workspace_id, id
                                    limit 1) as next
            )
            select workspace_id
            from first
            where id < :made_before
            """;

    private static final String WORKSPACES_OF_CONTENTS =
            """
            with recursive first as (
                (select workspace_id, email_id
                 from email_content
                 order by workspace_id, email_id
                 limit 1)
                union all
                select next.workspace_id, next.email_id
                from first
                cross join lateral (select workspace_id, email_id
                                    from email_content
                                    where workspace_id > first.workspace_id
                                    order by workspace_id, email_id
                                    limit 1) as next
            )
            select workspace_id
            from first
            where email_id < :made_before
            """;

    private static final String CONTENTS =
            """
            with old as materialized (
                select content.email_id as id
                from email_content as content
                cross join lateral (select finished_at
                                    from email
                                    where workspace_id = content.workspace_id
                                      and id = content.email_id
                                    limit 1) as email
                where content.workspace_id = :workspace
                  and content.email_id < :made_before
                  and email.finished_at < :finished_before
                order by content.email_id
                limit :limit
            ),
            parsed as (
                delete from email_parsed
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            )
            delete from email_content
            where workspace_id = :workspace
              and email_id = any (array(select id from old))
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
            parsed as (
                delete from email_parsed
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            ),
            recipients as (
                delete from recipient
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            ),
            searches as (
                delete from email_search
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
            ),
            changes as (
                delete from email_change
                where workspace_id = :workspace
                  and email_id = any (array(select id from old))
            )
            delete from email
            where workspace_id = :workspace
              and id = any (array(select id from old))
            """;

    private final Database database;
    private final Retention keep;

    public PurgeEmails(Database database, Retention keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public String what() {
        return "emails";
    }

    @Override
    public int some(Instant now) {
        return some(WORKSPACES_OF_CONTENTS, CONTENTS, now.minus(keep.contents()))
                + some(WORKSPACES_OF_EMAILS, EMAILS, now.minus(keep.history()));
    }

    private int some(String which, String statement, Instant before) {
        List<UUID> workspaces =
                database.read(handle ->
                        handle.createQuery(which)
                                .bind("made_before", firstIdAt(before))
                                .mapTo(UUID.class)
                                .list());
        return workspaces.stream().mapToInt(each -> delete(statement, each, before)).sum();
    }

    private int delete(String statement, UUID workspace, Instant before) {
        return database.inTransaction(handle ->
                handle.createUpdate(statement)
                        .bind("workspace", workspace)
                        .bind("made_before", firstIdAt(before))
                        .bind("finished_before", Timestamp.from(before))
                        .bind("limit", AT_ONCE)
                        .execute());
    }

    /** RFC 9562, 5.7: the first 48 bits are the milliseconds. */
    public static UUID firstIdAt(Instant time) {
        return new UUID((time.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L);
    }
}
