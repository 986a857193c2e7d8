package dev.postrider.mailbox.notify;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What a workspace's webhook is to be told, as it stands in the outbox. */
record ToldEvents(Database database, UUID workspaceId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A webhook that wants all there is. */
    static ToldEvents all(Database database, UUID workspaceId) {
        return of(database, workspaceId, EventType.values());
    }

    static ToldEvents of(Database database, UUID workspaceId, EventType... types) {
        var created =
                new Webhooks(database, TestVault.of(database))
                        .create(
                                workspaceId,
                                Endpoint.parse("https://app.example.org/hooks").orElseThrow(),
                                Arrays.asList(types),
                                Webhook.Status.ENABLED);
        assertThat(created).isPresent();
        return new ToldEvents(database, workspaceId);
    }

    record Told(UUID id, String type, JsonNode data) {}

    /** Those that some webhook waits for, in the order in which they happened. */
    List<Told> list() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select event.id, event.type, event.data
                                from delivery
                                join event
                                  on event.workspace_id = delivery.workspace_id
                                 and event.id = delivery.event_id
                                where delivery.workspace_id = :workspace
                                order by event.created_at, event.id
                                """)
                        .bind("workspace", workspaceId)
                        .map((row, _) ->
                                new Told(
                                        row.getObject("id", UUID.class),
                                        row.getString("type"),
                                        json(row.getString("data"))))
                        .list());
    }

    List<String> types() {
        return list().stream().map(Told::type).toList();
    }

    JsonNode last() {
        return list().getLast().data();
    }

    /** Rows of events, whether somebody waits for them or not. */
    long rows() {
        return database.read(handle ->
                handle.createQuery("select count(*) from event where workspace_id = :workspace")
                        .bind("workspace", workspaceId)
                        .mapTo(Long.class)
                        .one());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
