package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.vault.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The webhooks of all workspaces. Safe for concurrent use. */
@Singleton
public final class Webhooks {
    public static final int MOST = 20;

    private final Database database;
    private final Vault vault;

    public Webhooks(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A new webhook and its secret, which is shown once. */
    public record Created(Webhook webhook, SigningSecret secret) {}

    /** Adds a webhook; empty when the workspace has {@link #MOST} already. */
    public Optional<Created> create(
            UUID workspaceId, Endpoint endpoint, List<EventType> events, Webhook.Status status) {
        var id = NewId.get();
        var secret = SigningSecret.generate();
        var sealed = vault.seal(secret.text(), id);
        return database.of(workspaceId)
                .read(handle ->
                        WebhookTable.insert(
                                handle, workspaceId, id, endpoint, events, sealed, status, MOST))
                .map(webhook -> new Created(webhook, secret));
    }

    public Page.Items<Webhook> list(UUID workspaceId, Page page) {
        return database.of(workspaceId)
                .read(handle -> WebhookTable.list(handle, workspaceId, page));
    }

    public Optional<Webhook> find(UUID workspaceId, UUID id) {
        return database.of(workspaceId).read(handle -> WebhookTable.find(handle, workspaceId, id));
    }

    /** Changes a webhook; empty when it is gone. */
    public Optional<Webhook> change(Webhook changed) {
        return database.of(changed.workspaceId())
                .read(handle -> WebhookTable.update(handle, changed));
    }

    /** A webhook and its new secret, which is shown once. */
    public record Rotated(Webhook webhook, SigningSecret secret) {}

    /**
     * Gives a webhook another secret; empty when it is gone.
     *
     * @param chosen by its owner; a new one is made up without
     * @param keep how long the one before signs as well
     */
    public Optional<Rotated> rotate(
            Webhook webhook, Optional<SigningSecret> chosen, Duration keep) {
        var secret = chosen.orElseGet(SigningSecret::generate);
        var sealed = vault.seal(secret.text(), webhook.id());
        return database.of(webhook.workspaceId())
                .read(handle ->
                        WebhookTable.rotate(
                                handle, webhook.workspaceId(), webhook.id(), sealed, keep))
                .map(rotated -> new Rotated(rotated, secret));
    }

    /** From now on only the last secret signs; empty when that is so already. */
    public Optional<Webhook> endPreviousSecret(Webhook webhook) {
        return database.of(webhook.workspaceId())
                .read(handle ->
                        WebhookTable.endPrevious(handle, webhook.workspaceId(), webhook.id()));
    }

    /** Removes a webhook; what still waits for it is not sent. */
    public boolean remove(Webhook webhook) {
        return database.of(webhook.workspaceId())
                .read(handle -> WebhookTable.delete(handle, webhook.workspaceId(), webhook.id()));
    }
}
