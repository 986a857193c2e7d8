package dev.postrider.bench.console;

import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies one email and its recipient: whatever columns there are, the copies have them. Indexes are
 * made after the rows, and nothing of it is written ahead, which takes a tenth of the time.
 */
final class FillEmails {
    /** Of the program: ten million emails reach back for two months, and are to stay. */
    public static final Map<String, String> SETTINGS = Map.of("POSTRIDER_KEEP_HISTORY", "365d");

    /** Emails that are over keep no room for other versions of themselves. */
    private static final String PREPARE =
            """
            create table original_email as select * from email;
            create table original_recipient as select * from recipient;
            create table original_mark as
                select left(lexeme, -length('sinvoice')) as mark
                from email_search
                cross join lateral unnest(terms)
                where lexeme like '%sinvoice';
            truncate email, recipient, email_search, email_tag, email_content, attempt;
            alter table email set unlogged;
            alter table recipient set unlogged;
            alter table email_search set unlogged;
            alter table email_tag set unlogged;
            alter table email set (fillfactor = 100, autovacuum_enabled = off);
            alter table recipient set (fillfactor = 100, autovacuum_enabled = off);
            """;

    private static final String SESSION =
            """
            set synchronous_commit = off;
            set maintenance_work_mem = '512MB';
            set work_mem = '64MB';
            """;

    /**
     * In 1,000 mailboxes, every ten thousandth of two that have few. Most are sent, some have ended
     * otherwise, the newest of every thousand wait. Half a second lies between two.
     */
    private static final String FILL =
            """
            with numbered as materialized (
                select n,
                       uuidv7(make_interval(secs => (n - ROWS) * 0.5)) as id,
                       now() + make_interval(secs => (n - ROWS) * 0.5) as at,
                       case when n % 100 = 1 then 'refused'
                            when n % 100 = 2 then 'failed'
                            when n % 1000 = 3 then 'canceled'
                            when n % 1000 = 4 then 'queued'
                            else 'sent' end as state,
                       cast('00000000-0000-7000-8000-'
                            || lpad(to_hex(case when n % 10000 = 7 then 2000 + n % 2
                                               else n % 1000 end), 12, '0') as uuid) as mailbox,
                       case when n % 10 = 0 then 'everybody@example.org'
                            else 'r' || n % 1000000 || '@example.org' end as address,
                       case when n % 1000000 = 20 then '{"campaign": "spring", "case": "rare"}'
                            when n % 20 = 0 then '{"campaign": "spring"}' end as tags
                from generate_series(cast(? as bigint), cast(? as bigint)) as n
            ),
            emails as (
                insert into email (EMAIL_COLUMNS)
                select EMAIL_VALUES
                from numbered
                cross join original_email as original
            ),
            tagged as (
                insert into email_tag (workspace_id, name, value, email_id)
                select original.workspace_id, tag.key, tag.value, numbered.id
                from numbered
                cross join original_email as original
                cross join lateral jsonb_each_text(cast(numbered.tags as jsonb)) as tag
                where numbered.tags is not null
            ),
            searched as (
                insert into email_search (workspace_id, email_id, terms)
                select original.workspace_id, numbered.id,
                       array_to_tsvector(array[mark || 't' || floor(extract(epoch from at) / 86400),
                                               mark || 'fbench@example.com', mark || 'sinvoice', mark || 's' || n,
                                               mark || 'l' || split_part(address, '@', 1),
                                               mark || 'dexample.org'])
                from numbered
                cross join original_email as original
                cross join original_mark
            )
            insert into recipient (RECIPIENT_COLUMNS)
            select RECIPIENT_VALUES
            from numbered
            cross join original_recipient as original
            """;

    private static final Map<String, String> EMAIL =
            Map.of(
                    "id", "numbered.id",
                    "mailbox_id", "numbered.mailbox",
                    "subject", "'Invoice ' || numbered.n",
                    "message_id", "'<' || numbered.id || '@example.com>'",
                    "state", "numbered.state",
                    "tags", "cast(numbered.tags as jsonb)",
                    "due_at",
                            "case numbered.state when 'queued' then now() + interval '1 year' end",
                    "finished_at", "case when numbered.state <> 'queued' then numbered.at end",
                    "created_at", "numbered.at",
                    "give_up_at", "now() + interval '2 years'");

    private static final Map<String, String> RECIPIENT =
            Map.of("email_id", "numbered.id", "address", "numbered.address");

    private static final String COLUMNS =
            """
            select attname
            from pg_attribute
            where attrelid = cast(? as regclass)
              and attnum > 0
              and not attisdropped
              and attgenerated = ''
            order by attnum
            """;

    /** In the order in which they were made, which is the planner's where two serve it alike. */
    private static final String INDEXES =
            """
            select case when pg_constraint.oid is null then format('drop index %I', index.relname)
                        else format('alter table %I drop constraint %I', owner.relname, conname)
                   end as drop,
                   case when pg_constraint.oid is null then pg_get_indexdef(index.oid)
                        else format('alter table %I add constraint %I %s', owner.relname, conname,
                                    pg_get_constraintdef(pg_constraint.oid))
                   end as make
            from pg_index
            join pg_class as index
              on index.oid = pg_index.indexrelid
            join pg_class as owner
              on owner.oid = pg_index.indrelid
            left join pg_constraint
              on pg_constraint.conindid = index.oid
            where owner.relname in ('email', 'recipient', 'email_tag', 'email_search')
            order by index.oid
            """;

    private static final int BATCH = 250_000;

    /** What ten million take, and as much again while indexes are made. */
    private static final long OCTETS_A_ROW = 2_000;

    private static final long GIGABYTE = 1_000_000_000;

    private final Connector connector;
    private final int rows;

    /** Opens connections to the database. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** An index, as it is dropped and made. */
    private record Index(String drop, String make) {}

    private FillEmails(Connector connector, int rows) {
        this.connector = connector;
        this.rows = rows;
    }

    /** Sends one, and makes all others of it. */
    public static void into(ProgramRig rig, int rows)
            throws IOException, InterruptedException, SQLException {
        requireRoom(rig, rows);
        keepOne(rig);
        System.err.println("making emails …");
        var begun = System.nanoTime();
        new FillEmails(rig::connect, rows).run();
        System.err.println("that took " + (System.nanoTime() - begun) / GIGABYTE + " s");
    }

    private static void requireRoom(ProgramRig rig, int rows) throws IOException {
        var room = Files.getFileStore(rig.folder()).getUsableSpace();
        if (room < rows * OCTETS_A_ROW) {
            throw new IOException(
                    "%,d emails need %d GB of disk, and there are %d: take fewer"
                            .formatted(rows, rows * OCTETS_A_ROW / GIGABYTE, room / GIGABYTE));
        }
    }

    /** The email that all others are copies of. */
    private static void keepOne(ProgramRig rig) throws IOException, InterruptedException {
        var mailbox = Map.of("address", ProgramRig.USER, "provider", "sandbox");
        var _ = rig.user().post("/mailboxes", mailbox).text("id");
        var email =
                Map.of(
                        "to", "grace@example.org",
                        "subject", "An invoice",
                        "message", "Dear Grace,\nhere it is.\n");
        var _ = rig.user().post("/smtp/send-email", email).text("id");
    }

    private void run() throws SQLException, InterruptedException {
        try (var connection = connector.connect()) {
            execute(connection, SESSION);
            execute(connection, PREPARE);
            var indexes = indexes(connection);
            for (var each : indexes) {
                execute(connection, each.drop());
            }
            var fill = fill(connection);
            new TwoAtOnce(connector, SESSION)
                    .run(
                            batches(),
                            (other, batch) -> {
                                try (var statement = other.prepareStatement(fill)) {
                                    statement.setLong(1, batch);
                                    statement.setLong(2, Math.min(rows, batch + BATCH - 1));
                                    statement.executeUpdate();
                                }
                            });
            for (var each : indexes) {
                execute(connection, each.make());
            }
            execute(connection, "vacuum analyze email, recipient, email_tag, email_search");
            execute(connection, "checkpoint");
        }
    }

    private List<Long> batches() {
        var batches = new ArrayList<Long>();
        for (var from = 1L; from <= rows; from += BATCH) {
            batches.add(from);
        }
        return batches;
    }

    private String fill(Connection connection) throws SQLException {
        var email = columns(connection, "email");
        var recipient = columns(connection, "recipient");
        return FILL.replace("ROWS", String.valueOf(rows))
                .replace("EMAIL_COLUMNS", String.join(", ", email))
                .replace("EMAIL_VALUES", values(email, EMAIL))
                .replace("RECIPIENT_COLUMNS", String.join(", ", recipient))
                .replace("RECIPIENT_VALUES", values(recipient, RECIPIENT));
    }

    private static String values(List<String> columns, Map<String, String> others) {
        return String.join(
                ", ",
                columns.stream()
                        .map(each -> others.getOrDefault(each, "original." + each))
                        .toList());
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                var columns = new ArrayList<String>();
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
                return columns;
            }
        }
    }

    private static List<Index> indexes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(INDEXES)) {
            var indexes = new ArrayList<Index>();
            while (rows.next()) {
                indexes.add(new Index(rows.getString("drop"), rows.getString("make")));
            }
            return indexes;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
