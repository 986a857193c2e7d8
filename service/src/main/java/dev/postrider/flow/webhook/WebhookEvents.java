package dev.postrider.flow.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.event.EventType;
import dev.postrider.event.Outbox;
import dev.postrider.log.Journal;
import dev.postrider.postgres.NewId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells a workspace's other webhooks what becomes of one, in the transaction that makes it true;
 * the one itself couldn't hear it.
 */
final class WebhookEvents {
    private static final Journal JOURNAL = Journal.of("flow");

    private WebhookEvents() {}

    /** Its endpoint has taken no call for long. */
    static void failing(Handle handle, Webhook webhook) {
        JOURNAL.warning("webhook fails for long", "webhook", webhook.id());
        tell(handle, webhook, EventType.WEBHOOK_FAILING);
    }

    /** Its endpoint takes calls again, after the other was told. */
    static void recovered(Handle handle, Webhook before) {
        JOURNAL.event("webhook recovered", "webhook", before.id());
        tell(handle, before, EventType.WEBHOOK_RECOVERED);
    }

    /** The program has disabled it. */
    static void disabled(Handle handle, Webhook webhook) {
        JOURNAL.warning(
                "webhook disabled", "webhook", webhook.id(), "reason", webhook.reason().orElse(""));
        AuditLog.addDone(
                handle,
                new Actor(webhook.workspaceId(), Optional.empty(), "postrider", Optional.empty()),
                "webhook.disabled",
                new AuditLog.Subject(
                        "webhook",
                        Optional.of(webhook.id()),
                        "/webhooks/%s: %s".formatted(webhook.id(), webhook.reason().orElse(""))));
        tell(handle, webhook, EventType.WEBHOOK_DISABLED);
    }

    private static void tell(Handle handle, Webhook webhook, EventType type) {
        Outbox.insertForOthers(
                handle,
                new Outbox.Event(
                        webhook.workspaceId(), NewId.get(), type, data(webhook), Optional.empty()),
                webhook.id());
    }

    private static ObjectNode data(Webhook webhook) {
        var failing = webhook.failing();
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", "webhook")
                .put("id", webhook.id().toString())
                .put("webhook_id", webhook.id().toString())
                .put("endpoint", webhook.endpoint().uri().toString())
                .put("reason", webhook.reason().orElse(null))
                .put(
                        "failing_since",
                        failing.map(Webhook.Failing::since).map(Instant::toString).orElse(null))
                .put("failed_calls", failing.map(Webhook.Failing::calls).orElse(null))
                .put("last_error", failing.flatMap(Webhook.Failing::lastError).orElse(null));
    }
}
