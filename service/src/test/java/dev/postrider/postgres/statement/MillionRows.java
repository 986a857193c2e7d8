package dev.postrider.postgres.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables as they are when some emails, or a million, have been written. Contents are as short as
 * they can be, and ids ascend, as the program's do.
 *
 * @param emails how many; a tenth as many mailboxes
 * @param isQuiet whether all of them are finished; else half of them wait
 */
record MillionRows(int emails, boolean isQuiet) {
    /** Half a million wait, in a hundred thousand lanes; 200,000 events wait for a webhook. */
    static final MillionRows FULL = new MillionRows(1_000_000, false);

    static final String WORKSPACE = "00000000-0000-0000-0000-00000000000f";

    /** Not logged, because nobody wants them back after a crash. */
    private static final List<String> UNLOGGED =
            List.of(
                    "alter table email set unlogged",
                    "alter table email_content set unlogged",
                    "alter table recipient set unlogged",
                    "alter table email_search set unlogged",
                    "alter table attempt set unlogged",
                    "alter table event set unlogged",
                    "alter table delivery set unlogged",
                    "alter table audit_entry set unlogged",
                    "alter table audit_outcome set unlogged",
                    "alter table audit_open set unlogged");

    private static final List<String> FILL =
            List.of(
                    """
                    insert into workspace (id, name)
                    values ('00000000-0000-0000-0000-00000000000f', 'full')
                    """,
                    """
                    insert into mailbox (workspace_id, id, address, provider, state)
                    select '00000000-0000-0000-0000-00000000000f', lpad(i::text, 32, '0')::uuid,
                           'm' || i || '@example.com', 'sandbox', 'active'
                    from generate_series(1, :mailboxes) as i
                    """,
                    """
                    insert into lane (workspace_id, mailbox_id, leased_by, leased_until)
                    select workspace_id, id,
                           case when id < '00000000-0000-0000-0000-000000001000' then 'n' end, now()
                    from mailbox
                    """,
                    """
                    insert into wake (workspace_id, mailbox_id, due_at)
                    select workspace_id, mailbox_id, now()
                    from lane
                    """,
                    """
                    insert into email (workspace_id, id, mailbox_id, message_id, sender, subject, state, due_at,
                                       give_up_at, finished_at)
                    select '00000000-0000-0000-0000-00000000000f', lpad(i::text, 32, '0')::uuid,
                           lpad((1 + i / 10)::text, 32, '0')::uuid, 'm', 's', 'a subject',
                           case when i % 2 < :waiting then 'queued' else 'sent' end,
                           case when i % 2 < :waiting then now() end,
                           now() + interval '3 days',
                           case when i % 2 >= :waiting then now() end
                    from generate_series(0, :emails - 1) as i
                    """,
                    """
                    insert into email_content (workspace_id, email_id, bytes)
                    select workspace_id, id, ''
                    from email
                    """,
                    """
                    insert into recipient (workspace_id, email_id, position, kind, address)
                    select workspace_id, id, 0, 'to', 'r' || id || '@example.com'
                    from email
                    """,
                    """
                    insert into email_search (workspace_id, email_id, terms)
                    select workspace_id, id,
                           array_to_tsvector(array['AAAAs' || to_hex(hashtext(id::text) % 1000), 'AAAAssubject'])
                    from email
                    """,
                    """
                    insert into email_hour (workspace_id, hour)
                    select case when i <= 400 then workspace_id else cast(md5(cast(i / 400 as text)) as uuid) end,
                           date_trunc('hour', now()) - make_interval(hours => cast(i % 400 as integer))
                    from (select workspace_id, row_number() over () as i from email limit 20000) as numbered
                    """,
                    """
                    insert into attempt (workspace_id, email_id, number, node, epoch, begun_at, outcome)
                    select workspace_id, id, 1, 'n', 1, now(), 'accepted'
                    from email
                    """,
                    """
                    insert into webhook (workspace_id, id, endpoint, events, secret, status)
                    values ('00000000-0000-0000-0000-00000000000f', '00000000-0000-0000-0000-000000000001',
                            'https://dead.example', '{email.sent}', '', 'enabled')
                    """,
                    """
                    insert into event (workspace_id, id, type, email_id, data)
                    select workspace_id, id, 'email.sent', id, '{}'
                    from email
                    limit 200000
                    """,
                    """
                    insert into delivery (workspace_id, webhook_id, event_id, due_at)
                    select workspace_id, '00000000-0000-0000-0000-000000000001', id, now()
                    from event
                    """,
                    """
                    insert into user_account (workspace_id, id, email, role)
                    select workspace_id, id, 'u' || id || '@example.com', 'member'
                    from mailbox
                    limit 10000
                    """,
                    """
                    insert into session (workspace_id, id, user_id, expires_at)
                    select workspace_id, id, id, now() + interval '30 days'
                    from user_account
                    """,
                    """
                    insert into session_token (refresh_hash, access_hash, workspace_id, session_id)
                    select sha256(uuid_send(id)), sha256('a' || uuid_send(id)), workspace_id, id
                    from session
                    """,
                    """
                    insert into api_key (workspace_id, id, user_id, name, permission, hash, per_second)
                    select workspace_id, id, id, 'k', 'full_access', sha256(uuid_send(id)), 10
                    from user_account
                    """,
                    """
                    insert into mailbox_use (workspace_id, mailbox_id, minute, messages, recipients)
                    select workspace_id, id, now(), 1, 1
                    from mailbox
                    """,
                    """
                    insert into sandbox_message
                        (workspace_id, mailbox_id, id, sender, recipients, content)
                    select workspace_id, mailbox_id, id, 's', '{r}', ''
                    from email
                    limit 20000
                    """,
                    """
                    insert into audit_entry
                        (workspace_id, id, actor_id, actor, address, action, subject_kind, subject_id, subject)
                    select workspace_id, email_id, email_id, 'a', 'b', 'email.read', 'email', email_id, 's'
                    from recipient
                    limit 200000
                    """,
                    """
                    insert into audit_outcome (workspace_id, entry_id, status)
                    select workspace_id, id, 200
                    from audit_entry
                    """,
                    """
                    insert into audit_open (workspace_id, entry_id)
                    select workspace_id, id
                    from audit_entry
                    limit 20000
                    """,
                    """
                    insert into idempotency (workspace_id, scope, key, fingerprint, answer)
                    select workspace_id, mailbox_id, id, 'f', 'a'
                    from email
                    limit 20000
                    """,
                    """
                    insert into credential (workspace_id, mailbox_id, kind, secret)
                    select workspace_id, id, 'oauth', ''
                    from mailbox
                    limit 50000
                    """,
                    """
                    insert into oauth_grant (workspace_id, mailbox_id, provider, app, is_application, subject,
                                             address, tier, scopes, granted_at, refreshed_at, used_at,
                                             next_refresh_at)
                    select workspace_id, mailbox_id, 'google', 'default', false, mailbox_id,
                           'a@example.com', 'send', '{}', now(), now(), now(), now() + interval '1 day'
                    from credential
                    """);

    /** What is written fits together: nobody need look that up for each of a million rows. */
    private static final String UNCHECKED = "set session_replication_role = replica";

    private static final String CHECKED = "set session_replication_role = origin";

    /** Those that the server leaves alone before thousands of rows have been written. */
    private static final String SEEN_LATE =
            """
            select string_agg(quote_ident(relname), ', ')
            from pg_class
            where relkind = 'r'
              and relnamespace = current_schema()::regnamespace
              and (coalesce(reloptions::text, '') like '%autovacuum_analyze_threshold=5000%') = :late
            """;

    /** Fills tables that are empty, with a connection that isn't in a transaction. */
    void fill(Connection connection) throws SQLException {
        if (emails >= 1_000_000) {
            execute(connection, UNLOGGED);
        }
        execute(connection, List.of(UNCHECKED));
        execute(
                connection,
                FILL.stream()
                        .map(sql ->
                                sql.replace(":mailboxes", String.valueOf(1 + emails / 10))
                                        .replace(":emails", String.valueOf(emails))
                                        .replace(":waiting", isQuiet ? "0" : "1"))
                        .toList());
        execute(connection, List.of(CHECKED));
        look(connection);
    }

    /** As the server does by itself after a minute. */
    private void look(Connection connection) throws SQLException {
        var isLate = emails >= 3_000;
        execute(connection, List.of("vacuum analyze " + tables(connection, false)));
        if (isLate) {
            execute(connection, List.of("vacuum analyze " + tables(connection, true)));
        }
    }

    private static String tables(Connection connection, boolean isLate) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SEEN_LATE.replace(":late", "" + isLate))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, List<String> statements)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
