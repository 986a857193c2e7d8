package dev.postrider.door.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.identity.Role;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A workspace in which each text that somebody else could have written is markup: by the API where
 * it takes that, and in the database where today it would refuse it.
 */
final class PlantedMarkup {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each of them begins with; no page has it unless a text of somebody's stands there. */
    static final String BEGIN = "x7q";

    final Map<String, String> ids = new LinkedHashMap<>();
    final String sentEmail;
    final String waitingEmail;
    final String webhook;
    private final Database database;
    private final ConsoleTenant acme;

    PlantedMarkup(Database database, ConsoleTenant acme) {
        this.database = database;
        this.acme = acme;
        var mailbox = acme.sandbox("first@acme.example");
        held(acme.sandbox("held@acme.example"));
        sentEmail = sent();
        waitingEmail = waiting();
        webhook = webhook();
        var key = acme.made("/api-keys", "{\"name\": \"k\"}");
        change("update api_key set name = ? where id = ?", markup("key"), UUID.fromString(key));
        var kept = acme.read("/mailboxes/" + mailbox + "/sandbox").path("data").get(0);
        var file = acme.read("/emails/" + waitingEmail + "/attachments").path("data").get(0);
        audited();
        people();
        change(
                "update mailbox set display_name = ? where workspace_id = ?",
                markup("mailbox"),
                acme.workspace);
        ids.put("/emails/{id}", "/emails/" + waitingEmail);
        ids.put("{file}", file.path("id").asText());
        ids.put("/mailboxes/{id}", "/mailboxes/" + mailbox);
        ids.put("{message}", kept.path("id").asText());
        ids.put("/webhooks/{id}", "/webhooks/" + webhook);
        ids.put("{event}", delivery(webhook).toString());
        ids.put("/keys/{id}", "/keys/" + key);
        ids.put("/people/{id}", "/people/" + acme.id(Role.MEMBER));
        ids.put("{name}", "console.css");
    }

    /** It leaves an attribute of either quote, loads and runs something, and asks the template. */
    static String markup(String what) {
        return BEGIN + "\"'><img src=x onerror=alert(1) id=" + BEGIN + "-" + what + ">{frame}";
    }

    private static ObjectNode object(String... pairs) {
        var object = JSON.createObjectNode();
        for (var i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object;
    }

    private void change(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }

    private void held(String mailbox) {
        change(
                "update mailbox set state = 'held', reason = ?, reason_code = 'login_refused' where id = ?",
                markup("hold"),
                UUID.fromString(mailbox));
    }

    private String waiting() {
        var email =
                object(
                        "from",
                        "first@acme.example",
                        "to",
                        "grace@example.org",
                        "subject",
                        markup("subject"),
                        "text",
                        markup("text"),
                        "html",
                        markup("html") + "<script>alert(1)</script>",
                        "scheduled_at",
                        "in 1 day");
        email.putObject("headers").put("X-Planted", markup("header"));
        email.putArray("attachments")
                .addObject()
                .put("filename", markup("file"))
                .put("content", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==")
                .put("content_type", "text/html");
        var id = acme.made("/emails", email.toString());
        change(
                "update email set reason = ?, tags = jsonb_build_object(?, ?), author = ? where id = ?",
                markup("waiting"),
                markup("tag"),
                markup("tag-value"),
                markup("sender") + " <first@acme.example>",
                UUID.fromString(id));
        change(
                "update recipient set written = ? where email_id = ?",
                markup("recipient") + " <grace@example.org>",
                UUID.fromString(id));
        return id;
    }

    private String sent() {
        var id =
                acme.made(
                        "/smtp/send-email",
                        object(
                                        "to", "grace@example.org",
                                        "subject", markup("sent-subject"),
                                        "message", markup("sent-text"))
                                .toString());
        change(
                "update attempt set reply = ?, server = ?, tls = ?, enhanced = '5.1.1', code = 550,"
                        + " outcome = 'recipients_refused' where email_id = ?",
                markup("attempt"),
                markup("server"),
                markup("tls"),
                UUID.fromString(id));
        change(
                "update recipient set state = 'refused', code = 550, reply = ? where email_id = ?",
                markup("reply"),
                UUID.fromString(id));
        change(
                "update email set state = 'refused', reason = ? where id = ?",
                markup("reason"),
                UUID.fromString(id));
        return id;
    }

    private String webhook() {
        var failing = webhook("x7q'onerror='alert(1)");
        change(
                "update webhook set failures = 24, failing_from = now() - interval '3 hours', failing_told = true,"
                        + " last_error = ? where id = ?",
                markup("failing"),
                UUID.fromString(failing));
        var disabled = webhook("");
        change(
                "update webhook set status = 'disabled', reason = ? where id = ?",
                markup("disabled"),
                UUID.fromString(disabled));
        return disabled;
    }

    private String webhook(String path) {
        return acme.made(
                "/webhooks",
                object("endpoint", "http://127.0.0.1:9/" + path)
                        .set("events", JSON.createArrayNode().add("mailbox.held"))
                        .toString());
    }

    private UUID delivery(String webhook) {
        var event = NewId.get();
        change(
                "insert into event (workspace_id, id, type, data)"
                        + " values (?, ?, 'mailbox.held', jsonb_build_object('subject', cast(? as text)))",
                acme.workspace,
                event,
                markup("event"));
        change(
                "insert into delivery (workspace_id, webhook_id, event_id, state, attempts, last_attempt, last_at,"
                        + " last_millis, last_status, last_error, last_answer, reason)"
                        + " values (?, ?, ?, 'failed', 2, 2, now(), 87, 500, ?, ?, ?)",
                acme.workspace,
                UUID.fromString(webhook),
                event,
                markup("error"),
                markup("answer"),
                markup("ended"));
        change(
                "insert into delivery_attempt (workspace_id, webhook_id, event_id, number, at, millis, status,"
                        + " error, answer) values (?, ?, ?, 1, now(), 15, 500, ?, ?)",
                acme.workspace,
                UUID.fromString(webhook),
                event,
                markup("first-error"),
                markup("first-answer"));
        return event;
    }

    private void audited() {
        change(
                "insert into audit_entry (workspace_id, id, actor, address, action, subject_kind, subject_id,"
                        + " subject, outcome) values (?, ?, ?, ?, ?, ?, ?, ?, 'refused')",
                acme.workspace,
                NewId.get(),
                markup("actor"),
                markup("address"),
                markup("action"),
                markup("kind"),
                UUID.randomUUID(),
                markup("audited"));
    }

    private void people() {
        change(
                "insert into user_account (workspace_id, id, external_id, role) values (?, ?, ?, 'member')",
                acme.workspace,
                UUID.randomUUID(),
                markup("external"));
        change(
                "insert into user_account (workspace_id, id, email, role) values (?, ?, ?, 'member')",
                acme.workspace,
                UUID.randomUUID(),
                markup("person"));
        change("update workspace set name = ? where id = ?", markup("workspace"), acme.workspace);
    }

    /** All that was planted. */
    static final List<String> ALL =
            List.of(
                    "mailbox",
                    "hold",
                    "subject",
                    "text",
                    "header",
                    "file",
                    "waiting",
                    "tag",
                    "tag-value",
                    "sender",
                    "recipient",
                    "sent-subject",
                    "sent-text",
                    "attempt",
                    "server",
                    "tls",
                    "reply",
                    "reason",
                    "disabled",
                    "failing",
                    "event",
                    "error",
                    "answer",
                    "ended",
                    "first-error",
                    "first-answer",
                    "actor",
                    "address",
                    "action",
                    "audited",
                    "external",
                    "person",
                    "workspace",
                    "key");
}
