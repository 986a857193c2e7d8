package dev.postrider.credential.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds grants that something is to be done with although nobody asks. */
final class DueGrants {
    private static final String REFRESHES =
            """
            select oauth_grant.workspace_id, oauth_grant.mailbox_id
            from oauth_grant
            where ended_at is null
              and next_refresh_at <= :now
              and (try_after is null or try_after <= :now)
              and (refreshing_until is null or refreshing_until < now())
              and not exists (select
                              from provider_app_fault
                              where provider_app_fault.provider = oauth_grant.provider
                                and provider_app_fault.app = oauth_grant.app
                                and provider_app_fault.failing_since is not null)
            order by next_refresh_at
            limit :most
            """;

    /** Of an app that is refused, the grant that was good last. */
    private static final String PROBE =
            """
            select workspace_id, mailbox_id
            from oauth_grant
            where provider = :provider
              and app = :app
              and ended_at is null
            order by refreshed_at desc
            limit 1
            """;

    /** Each is told once, by the node that marks it. */
    private static final String EXPIRING =
            """
            update oauth_grant
            set end_told_at = :now
            where (workspace_id, mailbox_id) in (select workspace_id, mailbox_id
                                                 from oauth_grant
                                                 where end_told_at is null
                                                   and ended_at is null
                                                   and ends_at <= :before
                                                 order by ends_at
                                                 limit 100
                                                 for no key update skip locked)
            returning workspace_id, mailbox_id, ends_at
            """;

    private DueGrants() {}

    static List<GrantRow.Key> refreshes(Handle handle, Instant now, int most) {
        return handle.createQuery(REFRESHES)
                .bind("now", at(now))
                .bind("most", most)
                .map((row, _) -> key(row))
                .list();
    }

    static Optional<GrantRow.Key> probe(Handle handle, AppFaults.Fault fault) {
        return handle.createQuery(PROBE)
                .bind("provider", fault.provider().text())
                .bind("app", fault.app())
                .map((row, _) -> key(row))
                .findOne();
    }

    /** A grant that ends soon. */
    record Expiring(GrantRow.Key key, Instant endsAt) {}

    static List<Expiring> markExpiring(Handle handle, Instant now, Instant before) {
        return handle.createQuery(EXPIRING)
                .bind("now", at(now))
                .bind("before", at(before))
                .map((row, _) ->
                        new Expiring(
                                key(row),
                                row.getObject("ends_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static GrantRow.Key key(ResultSet row) throws SQLException {
        return new GrantRow.Key(
                row.getObject("workspace_id", UUID.class), row.getObject("mailbox_id", UUID.class));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
