package dev.postrider.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No table grows without end: each is purged, or holds no more than a quota lets it. */
@QuarkusTest
final class PurgeOldRowsTest {
    private static final UUID WORKSPACE = UUID.randomUUID();

    /** A row of each table that is purged, of a time. */
    private static final Map<String, String> ROWS =
            Map.ofEntries(
                    Map.entry(
                            "session",
                            "insert into session (workspace_id, id, user_id, expires_at)"
                                    + " values (:ws, gen_random_uuid(), :ws, :at)"),
                    Map.entry(
                            "session_token",
                            "insert into session_token (refresh_hash, access_hash, workspace_id,"
                                    + " session_id, used_at) values (uuid_send(gen_random_uuid()),"
                                    + " uuid_send(gen_random_uuid()), :ws, :ws, :at)"),
                    Map.entry(
                            "login_attempt",
                            "insert into login_attempt (key, failures, blocked_until, last_at)"
                                    + " values (uuid_send(:ws) || uuid_send(gen_random_uuid()), 1,"
                                    + " :at, :at)"),
                    Map.entry(
                            "login_place",
                            "insert into login_place (workspace_id, user_id, address, seen_at)"
                                    + " values (:ws, :ws, cast(:at as text), :at)"),
                    Map.entry(
                            "password_ticket",
                            "insert into password_ticket (hash, workspace_id, user_id, expires_at)"
                                    + " values (uuid_send(gen_random_uuid()), :ws, :ws, :at)"),
                    Map.entry(
                            "connect_link",
                            "insert into connect_link (workspace_id, id, hash, user_id, providers,"
                                    + " tier, expires_at) values (:ws, gen_random_uuid(),"
                                    + " uuid_send(gen_random_uuid()), :ws, '{}', 'send', :at)"),
                    Map.entry(
                            "mailbox_use",
                            "insert into mailbox_use (workspace_id, mailbox_id, minute, messages,"
                                    + " recipients) values (:ws, :ws, :at, 1, 1)"),
                    Map.entry(
                            "sandbox_message",
                            "insert into sandbox_message (workspace_id, mailbox_id, id, sender,"
                                    + " recipients, received_at, content)"
                                    + " values (:ws, :ws, gen_random_uuid(), '', '{}', :at, '')"),
                    Map.entry(
                            "used_sign_in",
                            "insert into used_sign_in (state_hash, expires_at)"
                                    + " values (uuid_send(:ws) || uuid_send(gen_random_uuid()), :at)"),
                    Map.entry(
                            "idempotency",
                            "insert into idempotency (workspace_id, scope, key, fingerprint, answer,"
                                    + " created_at) values (:ws, gen_random_uuid(), '', '', '', :at)"),
                    Map.entry(
                            "email_hour",
                            "insert into email_hour (workspace_id, hour) values (:ws, :at)"),
                    Map.entry(
                            "event",
                            "insert into event (workspace_id, id, type, data, created_at)"
                                    + " values (:ws, gen_random_uuid(), 'email.sent', '{}', :at)"),
                    Map.entry(
                            "delivery",
                            "insert into delivery (workspace_id, webhook_id, event_id, state,"
                                    + " created_at) values (:ws, :ws, gen_random_uuid(), 'failed', :at)"),
                    Map.entry(
                            "audit_entry",
                            "with entry as (insert into audit_entry (workspace_id, id, at, actor,"
                                    + " action, subject_kind, subject) values (:ws, gen_random_uuid(),"
                                    + " :at, '', '', '', '') returning id), open as (insert into"
                                    + " audit_open (workspace_id, entry_id) select :ws, id from"
                                    + " entry) insert into audit_outcome"
                                    + " (workspace_id, entry_id, at, status)"
                                    + " select :ws, id, :at, 200 from entry"));

    /** Their purge has a test of its own; or they go with the entries above, or with their work. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "email",
                    "email_content",
                    "email_draft",
                    "email_parsed",
                    "email_search",
                    "email_tag",
                    "recipient",
                    "attempt",
                    "email_change",
                    "delivery_attempt",
                    "connect_attempt",
                    "grant_revocation",
                    "audit_outcome",
                    "audit_open");

    /** One row for each thing that a quota counts, or that its operator makes. */
    private static final Set<String> BOUNDED =
            Set.of(
                    "installation",
                    "workspace",
                    "user_account",
                    "external_subject",
                    "mailbox",
                    "credential",
                    "oauth_grant",
                    "provider_app_fault",
                    "limit_told",
                    "owner_notice",
                    "lane",
                    "wake",
                    "api_key",
                    "webhook",
                    "data_key",
                    "data_key_seal",
                    "node",
                    "flyway_schema_history");

    private final Database database;
    private final List<Purge> purges;

    @Inject
    PurgeOldRowsTest(Database database, @All List<Purge> purges) {
        this.database = database;
        this.purges = purges;
    }

    @Test
    void eachTableIsPurgedOrBounded() {
        var known = new HashSet<>(ROWS.keySet());
        known.addAll(ELSEWHERE);
        known.addAll(BOUNDED);
        List<String> tables =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        select tablename
                                        from pg_tables
                                        where schemaname = 'public'
                                        """)
                                .mapTo(String.class)
                                .list());
        assertThat(tables).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void whatIsOldGoesAndWhatIsYoungStays() {
        owner();
        ROWS.keySet().forEach(table -> insert(table, Instant.now().minus(Duration.ofDays(1100))));
        ROWS.keySet().forEach(table -> insert(table, Instant.now().plus(Duration.ofHours(1))));
        for (var purge : purges) {
            while (purge.some(Instant.now()) > 0) {}
        }
        // the session that tokens belong to is one more
        ROWS.keySet()
                .forEach(table ->
                        assertThat(count(table))
                                .as(table)
                                .isEqualTo(table.equals("session") ? 2 : 1));
        assertThat(count("audit_outcome")).isOne();
        assertThat(count("audit_open")).isOne();
    }

    /** Everything has the workspace's id. */
    private void owner() {
        for (var sql :
                List.of(
                        "insert into workspace (id, name) values (:ws, 'w')",
                        "insert into user_account (workspace_id, id, email, role)"
                                + " values (:ws, :ws, cast(:ws as text), 'member')",
                        "insert into mailbox (workspace_id, id, address, provider, state)"
                                + " values (:ws, :ws, 'a@b.example', 'sandbox', 'active')",
                        "insert into session (workspace_id, id, user_id, expires_at)"
                                + " values (:ws, :ws, :ws, '2100-01-01')")) {
            database.read(handle -> handle.createUpdate(sql).bind("ws", WORKSPACE).execute());
        }
    }

    private void insert(String table, Instant at) {
        database.read(handle ->
                handle.createUpdate(ROWS.get(table))
                        .bind("ws", WORKSPACE)
                        .bind("at", Timestamp.from(at))
                        .execute());
    }

    private int count(String table) {
        var mine =
                switch (table) {
                    case "login_attempt" -> "substring(key for 16) = uuid_send(:ws)";
                    case "used_sign_in" -> "substring(state_hash for 16) = uuid_send(:ws)";
                    default -> "workspace_id = :ws";
                };
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table + " where " + mine)
                        .bind("ws", WORKSPACE)
                        .mapTo(Integer.class)
                        .one());
    }
}
