package dev.postrider.bench.webhooks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Puts events into the outbox, each for all webhooks, as settling emails would. */
final class Events {
    private static final String TELL =
            """
            with told as materialized (
                select uuidv7() as id
                from generate_series(1, ?)
            ),
            happened as (
                insert into event (workspace_id, id, type, data)
                select tenant.workspace_id, told.id, 'email.sent',
                       jsonb_build_object('email_id', told.id, 'from', 'ada@example.com',
                                          'to', jsonb_build_array('grace@example.org'),
                                          'subject', 'An invoice', 'state', 'sent')
                from told
                cross join (select distinct workspace_id from webhook) as tenant
            ),
            queued as (
                insert into delivery (workspace_id, webhook_id, event_id, due_at)
                select webhook.workspace_id, webhook.id, told.id, now()
                from told
                cross join webhook
                where webhook.status = 'enabled'
            )
            select id
            from told
            """;

    /** A webhook's secret is sealed for its id, whosever it is. */
    private static final String MOVE =
            """
            with tenant as (
                insert into workspace (id, name)
                values (uuidv7(), 'endpoints')
                returning id
            )
            update webhook
            set workspace_id = tenant.id
            from tenant
            where webhook.workspace_id = (select workspace_id from user_account limit 1)
            """;

    /** What is still to be told is told no more, so that the next scenario begins anew. */
    private static final String FORGET =
            """
            delete from webhook
            """;

    private static final String FORGET_DELIVERIES =
            """
            delete from delivery
            """;

    private final Connection connection;

    Events(Connection connection) {
        this.connection = connection;
    }

    /** When each was told, by its id and System.nanoTime. */
    Map<String, Long> tell(int events) throws SQLException {
        var times = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(TELL)) {
            statement.setInt(1, events);
            var now = System.nanoTime();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.put(rows.getString(1), now);
                }
            }
        }
        return times;
    }

    /** Gives all webhooks of the user's workspace to another, which has none yet. */
    void move() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(MOVE);
        }
    }

    void forgetAll() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(FORGET);
            statement.execute(FORGET_DELIVERIES);
        }
    }
}
