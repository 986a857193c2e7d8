package dev.postrider.mailbox.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.event.EventType;
import dev.postrider.flow.webhook.Endpoint;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.postgres.Database;
import dev.postrider.vault.TestVault;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What a webhook of a workspace is to be told, as it stands in the outbox. */
public record ToldEvents(Database database, UUID workspaceId, UUID webhookId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A webhook that wants all there is. */
    public static ToldEvents all(Database database, UUID workspaceId) {
        return of(database, workspaceId, EventType.values());
    }

    public static ToldEvents of(Database database, UUID workspaceId, EventType... types) {
        var created =
                new Webhooks(database, TestVault.of(database))
                        .create(
                                workspaceId,
                                Endpoint.parse("https://app.example.org/hooks").orElseThrow(),
                                Arrays.asList(types),
                                Webhook.Status.ENABLED)
                        .orElseThrow();
        return new ToldEvents(database, workspaceId, created.webhook().id());
    }

    public record Told(UUID id, String type, JsonNode data) {}

    /** Those that some webhook waits for, in the order in which they happened. */
    public List<Told> list() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select event.id, event.type, event.data
                                from delivery
                                join event
                                  on event.workspace_id = delivery.workspace_id
                                 and event.id = delivery.event_id
                                where delivery.workspace_id = :workspace
                                  and delivery.webhook_id = :webhook
                                order by event.created_at, event.id
                                """)
                        .bind("workspace", workspaceId)
                        .bind("webhook", webhookId)
                        .map((row, _) ->
                                new Told(
                                        row.getObject("id", UUID.class),
                                        row.getString("type"),
                                        json(row.getString("data"))))
                        .list());
    }

    public List<String> types() {
        return list().stream().map(Told::type).toList();
    }

    public JsonNode last() {
        return list().getLast().data();
    }

    /** Rows of events, whether somebody waits for them or not. */
    public long rows() {
        return database.read(handle ->
                handle.createQuery("select count(*) from event where workspace_id = :workspace")
                        .bind("workspace", workspaceId)
                        .mapTo(Long.class)
                        .one());
    }

    /** What only the endpoint gets of it. */
    public String sealed(Told event) {
        var sealed =
                database.read(handle ->
                        handle.createQuery("select secret from event where id = :id")
                                .bind("id", event.id())
                                .mapTo(byte[].class)
                                .one());
        return TestVault.of(database).open(sealed, event.id()).orElseThrow();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
