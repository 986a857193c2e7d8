package dev.postrider.flow.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What webhooks were told, and telling it again. Safe for concurrent use. */
@Singleton
public final class Deliveries {
    /** So many go again at once; a transaction has them all. */
    public static final int MOST_REPLAYED = 100_000;

    /** An email has a few events, and a workspace a few webhooks. */
    private static final int MOST_OF_EMAIL = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Vault vault;

    public Deliveries(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    public Page.Items<DeliveryRow> list(Webhook webhook, DeliveryFilter filter, Page page) {
        var workspace = webhook.workspaceId();
        return database.of(workspace)
                .read(handle -> {
                    var ids = PageOfDeliveries.ids(handle, workspace, webhook.id(), filter, page);
                    return new Page.Items<>(
                            DeliveryRows.rows(handle, workspace, webhook.id(), ids.items()),
                            ids.hasMore());
                });
    }

    /**
     * One delivery, whole.
     *
     * @param body what each call says, without what only the endpoint may read
     * @param hidden the names of what is left out of the body's data
     */
    public record Found(
            DeliveryRow row,
            List<DeliveryRow.Attempt> attempts,
            JsonNode body,
            List<String> hidden) {
        public Found {
            attempts = List.copyOf(attempts);
            hidden = List.copyOf(hidden);
        }
    }

    public Optional<Found> find(Webhook webhook, UUID eventId) {
        var workspace = webhook.workspaceId();
        return database.of(workspace)
                .snapshot(handle -> {
                    var rows = DeliveryRows.rows(handle, workspace, webhook.id(), List.of(eventId));
                    var event = DeliveryRows.event(handle, workspace, eventId);
                    return rows.isEmpty() || event.isEmpty()
                            ? Optional.<Found>empty()
                            : Optional.of(
                                    new Found(
                                            rows.getFirst(),
                                            DeliveryRows.attempts(
                                                    handle, workspace, webhook.id(), eventId),
                                            body(event.get()),
                                            hidden(event.get(), eventId)));
                });
    }

    private static JsonNode body(DeliveryRows.Stored event) {
        return json(EventBody.of(event.type(), event.createdAt(), event.data()));
    }

    /** Only the names: not even owners see what lets somebody in. */
    private List<String> hidden(DeliveryRows.Stored event, UUID eventId) {
        var names = new ArrayList<String>();
        event.sealed()
                .flatMap(sealed -> vault.open(sealed, eventId))
                .ifPresent(secret -> json(secret).fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An event of an email on its way to one of the workspace's webhooks.
     *
     * @param host where that is
     */
    public record OfEmail(DeliveryRow row, String host) {}

    /** What was told of an email, newest first; for those who may see the email. */
    public Page.Items<OfEmail> ofEmail(UUID workspaceId, UUID emailId) {
        return database.of(workspaceId)
                .read(handle -> {
                    var places =
                            DeliveryRows.ofEmail(handle, workspaceId, emailId, MOST_OF_EMAIL + 1);
                    var found =
                            places.stream()
                                    .limit(MOST_OF_EMAIL)
                                    .flatMap(place ->
                                            DeliveryRows.rows(
                                                            handle,
                                                            workspaceId,
                                                            place.webhookId(),
                                                            List.of(place.eventId()))
                                                    .stream()
                                                    .map(row ->
                                                            new OfEmail(
                                                                    row, place.endpoint().host())))
                                    .toList();
                    return new Page.Items<>(found, places.size() > MOST_OF_EMAIL);
                });
    }

    /**
     * Has one event told again.
     *
     * @return false when it is being told just now, or is gone
     */
    public boolean replay(Webhook webhook, UUID eventId) {
        return database.of(webhook.workspaceId())
                        .inTransaction(handle ->
                                ReplayTable.replay(
                                        handle,
                                        webhook.workspaceId(),
                                        webhook.id(),
                                        List.of(eventId)))
                > 0;
    }

    /**
     * Has all that a filter finds told again, or nothing of it.
     *
     * @return how many; empty when they are more than {@link #MOST_REPLAYED}
     */
    public Optional<Integer> replay(Webhook webhook, DeliveryFilter filter) {
        var workspace = webhook.workspaceId();
        var all = new Page(MOST_REPLAYED, Optional.empty(), Optional.empty());
        return database.of(workspace)
                .inTransaction(handle -> {
                    var ids = PageOfDeliveries.ids(handle, workspace, webhook.id(), filter, all);
                    return ids.hasMore()
                            ? Optional.<Integer>empty()
                            : Optional.of(
                                    ReplayTable.replay(
                                            handle, workspace, webhook.id(), ids.items()));
                });
    }
}
