package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.purge.Retention;
import dev.postrider.rig.Loopback;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** A webhook, its endpoint, and rounds of calls to it that a test begins, at a time it sets. */
final class WebhookRig implements AutoCloseable {
    static final Duration LEASE = Duration.ofMinutes(1);

    final Listener listener = Listener.start();
    final Outbox outbox;
    final Webhooks.Created created;
    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Database database;
    private final Vault vault;

    WebhookRig(Database database) {
        this.database = database;
        this.vault = TestVault.of(database);
        database.inTransaction(
                handle -> handle.execute("truncate delivery, delivery_attempt, event"));
        this.outbox = Outbox.in(database, new Webhooks(database, vault));
        this.created = outbox.webhook(listener.url());
    }

    Webhook webhook() {
        return outbox.webhooks().find(outbox.workspaceId(), created.webhook().id()).orElseThrow();
    }

    Deliveries deliveries() {
        return new Deliveries(database, vault);
    }

    void purge() {
        var keep = Duration.ofDays(30);
        var _ =
                new PurgeEvents(database, new Retention(keep, keep, Retention.LEAST_AUDIT))
                        .some(Instant.now());
    }

    void change(Webhook.Status status) {
        var now = webhook();
        assertThat(outbox.webhooks().change(now.with(now.endpoint(), now.events(), status)))
                .isPresent();
    }

    void serve() throws InterruptedException {
        serveWith(Loopback.guard(), Duration.ofSeconds(15));
    }

    void serveWith(OutboundGuard guard, Duration timeout) throws InterruptedException {
        serveWith(vault, guard, timeout);
    }

    /** Each webhook that has something due, one after the other. */
    void serveWith(Vault opening, OutboundGuard guard, Duration timeout)
            throws InterruptedException {
        var serveWebhook =
                new ServeWebhook(
                        database,
                        opening,
                        new PostEvent(new OutboundClient(guard), now::get, timeout),
                        new WebhookRetrySchedule(new SplittableRandom(1)),
                        now::get,
                        LEASE,
                        () -> false);
        for (var due : due(opening)) {
            serveWebhook.serve(due);
        }
    }

    List<DueWebhook> due() {
        return due(vault);
    }

    private List<DueWebhook> due(Vault opening) {
        return database.read(handle -> DeliveryTable.dueWebhooks(handle, opening));
    }

    @Override
    public void close() {
        listener.close();
    }
}
