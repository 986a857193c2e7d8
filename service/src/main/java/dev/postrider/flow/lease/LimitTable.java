package dev.postrider.flow.lease;

import dev.postrider.email.LaneKey;
import dev.postrider.mailbox.SendingOverrides;
import dev.postrider.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A mailbox's own limits, and what it has used of them. */
final class LimitTable {
    private static final String OVERRIDES =
            """
            select messages_per_minute, messages_per_day, recipients_per_day, connections
            from mailbox
            where workspace_id = :workspace
              and id = :mailbox
            """;

    private static final String USED =
            """
            select minute, messages, recipients
            from mailbox_use
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and minute > now() - interval '25 hours'
            order by minute
            """;

    private final Database database;

    LimitTable(Database database) {
        this.database = database;
    }

    SendingOverrides overrides(LaneKey lane) {
        return database.read(handle ->
                handle.createQuery(OVERRIDES)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .map((row, _) ->
                                new SendingOverrides(
                                        integer(row, "messages_per_minute"),
                                        integer(row, "messages_per_day"),
                                        integer(row, "recipients_per_day"),
                                        integer(row, "connections")))
                        .findOne()
                        .orElseGet(() ->
                                new SendingOverrides(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())));
    }

    List<Allowance.Used> used(LaneKey lane) {
        return database.read(handle ->
                handle.createQuery(USED)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .map((row, _) ->
                                new Allowance.Used(
                                        row.getTimestamp("minute").toInstant(),
                                        row.getInt("messages"),
                                        row.getInt("recipients")))
                        .list());
    }

    private static Optional<Integer> integer(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
