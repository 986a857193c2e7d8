package dev.postrider.lab.crash;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lab reads behind the program's back of mailboxes, apps and events. */
public record MailboxDatabase(ConnectDatabase database) {
    private static final String ID =
            """
            select id
            from mailbox
            where address = ?
            """;

    private static final String IS_HELD =
            """
            select id
            from mailbox
            where id = cast(? as uuid)
              and state = 'held'
            """;

    private static final String IS_USED =
            """
            select id
            from connect_link
            where id = cast(? as uuid)
              and connected_at is not null
            """;

    private static final String IS_FAILING =
            """
            select app
            from provider_app_fault
            where provider = ?
              and failing_since is not null
            """;

    private static final String NOT_ACTIVE =
            """
            select address || ' is ' || state || ': ' || coalesce(reason, '') as problem
            from mailbox
            where state <> 'active'
            """;

    private static final String CONNECTED =
            """
            select connected_id, count(*)
            from connect_link
            where connected_at is not null
            group by connected_id
            """;

    private static final String EVENTS =
            """
            select id, type, coalesce(data ->> 'mailbox_id', data ->> 'provider') as fact_of
            from event
            where type = any (?)
            """;

    private static final String PENDING =
            """
            select count(*)
            from delivery
            where due_at is not null
            """;

    /** Something that is read from the database. */
    public interface Condition {
        boolean holds() throws SQLException;
    }

    /** Until it holds, and whether it does in the end; the database may be away meanwhile. */
    public boolean await(Duration patience, Condition condition) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        do {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (SQLException _) {
                // it comes back
            }
            Thread.sleep(100);
        } while (System.nanoTime() < end);
        return false;
    }

    public Optional<String> mailbox(String address) throws SQLException {
        return find(ID, address);
    }

    public boolean isHeld(String mailbox) throws SQLException {
        return find(IS_HELD, mailbox).isPresent();
    }

    /** Whether the link has connected a mailbox. */
    boolean isUsed(String link) throws SQLException {
        return find(IS_USED, link).isPresent();
    }

    boolean isFailing(String provider) throws SQLException {
        return find(IS_FAILING, provider).isPresent();
    }

    private Optional<String> find(String query, String parameter) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Mailboxes that don't send, and why. */
    public List<String> notActive() throws SQLException {
        var problems = new ArrayList<String>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(NOT_ACTIVE)) {
            while (rows.next()) {
                problems.add(rows.getString("problem"));
            }
        }
        return problems;
    }

    /** How often each mailbox was connected by a link. */
    public Map<Told.Fact, Integer> connected() throws SQLException {
        var facts = new HashMap<Told.Fact, Integer>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(CONNECTED)) {
            while (rows.next()) {
                facts.put(new Told.Fact("mailbox.connected", rows.getString(1)), rows.getInt(2));
            }
        }
        return facts;
    }

    public List<Told.Event> events() throws SQLException {
        var events = new ArrayList<Told.Event>();
        try (var connection = database.connect();
                var statement = connection.prepareStatement(EVENTS)) {
            statement.setArray(1, connection.createArrayOf("text", HookReceiver.EVENTS.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(
                            new Told.Event(
                                    rows.getString("id"),
                                    new Told.Fact(
                                            rows.getString("type"), rows.getString("fact_of"))));
                }
            }
        }
        return events;
    }

    /** Calls of webhooks that are still to be made. */
    public long undelivered() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(PENDING)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
