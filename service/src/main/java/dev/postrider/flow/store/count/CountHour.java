package dev.postrider.flow.store.count;

import dev.postrider.flow.store.find.Visibility;
import dev.postrider.page.Keyset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Counts the emails that one hour accepted, which is to read each of them. */
final class CountHour {
    private static final String COUNT =
            """
            select count(*) filter (where state = 'sent') as sent,
                   count(*) filter (where state = 'refused') as refused,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'unknown') as unknown,
                   count(*) filter (where state = 'canceled') as canceled,
                   count(*) filter (where due_at is not null) as waiting
            from email
            where workspace_id = :workspace
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
              and id >= :above
              and id < :below
            """;

    /** In the order of the index that only this can be read from. */
    private static final String COUNT_OF_USER =
            """
            select count(*) filter (where state = 'sent') as sent,
                   count(*) filter (where state = 'refused') as refused,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'unknown') as unknown,
                   count(*) filter (where state = 'canceled') as canceled,
                   count(*) filter (where due_at is not null) as waiting
            from email
            where workspace_id = :workspace
              and (user_id, id) >= (:only_user, :above)
              and (user_id, id) < (:only_user, :below)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
            """;

    /** The same, and which wait, as one look sees both. */
    private static final String COUNT_WITH_WAITING =
            """
            select array(select id
                         from email
                         where workspace_id = :workspace
                           and due_at is not null
                           and id >= :above
                           and id < :below
                         order by id
                         limit :most) as ids,
                   count(*) filter (where state = 'sent') as sent,
                   count(*) filter (where state = 'refused') as refused,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'unknown') as unknown,
                   count(*) filter (where state = 'canceled') as canceled,
                   count(*) filter (where due_at is not null) as waiting
            from email
            where workspace_id = :workspace
              and id >= :above
              and id < :below
            """;

    /**
     * A whole workspace's hour.
     *
     * @param waiting those that wait, at most so many
     */
    record WithWaiting(HourCounts counts, List<UUID> waiting) {}

    private CountHour() {}

    static HourCounts in(Handle handle, Visibility scope, Instant hour) {
        var statement = scope.onlyUser().isPresent() ? COUNT_OF_USER : COUNT;
        return within(scope.bind(handle.createQuery(statement)), hour)
                .map((row, _) -> counts(row))
                .one();
    }

    /**
     * @param most emails that wait
     */
    static WithWaiting withWaiting(Handle handle, UUID workspace, Instant hour, int most) {
        return within(handle.createQuery(COUNT_WITH_WAITING).bind("workspace", workspace), hour)
                .bind("most", most)
                .map((row, _) ->
                        new WithWaiting(
                                counts(row), List.of((UUID[]) row.getArray("ids").getArray())))
                .one();
    }

    private static HourCounts counts(ResultSet row) throws SQLException {
        return new HourCounts(
                row.getInt("sent"),
                row.getInt("refused"),
                row.getInt("failed"),
                row.getInt("unknown"),
                row.getInt("canceled"),
                row.getInt("waiting"));
    }

    private static Query within(Query query, Instant hour) {
        return query.bind("above", Keyset.firstOf(hour))
                .bind("below", Keyset.firstOf(hour.plus(Duration.ofHours(1))));
    }
}
