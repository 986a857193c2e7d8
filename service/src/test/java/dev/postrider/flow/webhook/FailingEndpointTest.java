package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Loopback;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An endpoint that is slow or dead costs others nothing, and ends by being left in peace. */
@ExtendWith(TestDatabase.class)
final class FailingEndpointTest {
    private final Database database;
    private final Vault vault;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Listener listener = Listener.start();
    private final Outbox outbox;
    private final Webhooks.Created created;

    FailingEndpointTest(Database database) {
        this.database = database;
        this.vault = TestVault.of(database);
        this.outbox = Outbox.in(database, new Webhooks(database, vault));
        this.created = outbox.webhook(listener.url());
    }

    @BeforeEach
    void leaveNothingOfOtherTests() {
        database.inTransaction(handle -> handle.execute("truncate delivery, event"));
    }

    @AfterEach
    void hangUp() {
        listener.close();
    }

    @Test
    void oneThatIsSlowGivesWayWhenItsTurnEnds() throws InterruptedException {
        listener.reacts(exchange -> {
            now.updateAndGet(instant -> instant.plusSeconds(31));
            Listener.answer(exchange, 200);
        });
        for (var i = 0; i < 9; i++) {
            outbox.event(created.webhook());
        }
        serve();
        for (var i = 0; i < 4; i++) {
            listener.next();
        }
        assertThat(listener.isQuiet()).isTrue();
    }

    @Test
    void anEndpointThatFailsAgainAndAgainRestsBetweenCalls() throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.event(created.webhook());
        serve();
        assertThat(listener.isQuiet()).isTrue();
        listener.answers(200);
        outbox.passes(WebhookTable.REST);
        serve();
        listener.next();
        assertThat(webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    @Test
    void oneThatTakesNothingForDaysIsDisabledUntilItsOwnerSaysOtherwise()
            throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.passes(WebhookTable.LONGEST.plusSeconds(1));
        serve();
        assertThat(webhook().status()).isEqualTo(Webhook.Status.DISABLED);
        assertThat(webhook().reason()).hasValue("The endpoint has taken no call for 5 days.");

        while (!listener.isQuiet()) {
            listener.next();
        }
        var _ =
                outbox.webhooks()
                        .change(
                                webhook()
                                        .with(
                                                webhook().endpoint(),
                                                webhook().events(),
                                                Webhook.Status.ENABLED));
        assertThat(webhook().reason()).isEmpty();
        outbox.event(created.webhook());
        serve();
        listener.next();
        assertThat(webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    @Test
    void oneCallThatIsTakenEndsTheCount() throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.passes(WebhookTable.LONGEST.plusSeconds(1));
        listener.answers(200);
        serve();
        listener.answers(500);
        outbox.event(created.webhook());
        serve();
        assertThat(webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    private void failsOften() throws InterruptedException {
        for (var i = 0; i < WebhookTable.MANY; i++) {
            outbox.event(created.webhook());
        }
        serve();
        for (var i = 0; i < WebhookTable.MANY; i++) {
            listener.next();
        }
    }

    private Webhook webhook() {
        return outbox.webhooks().find(outbox.workspaceId(), created.webhook().id()).orElseThrow();
    }

    private void serve() throws InterruptedException {
        var client = new OutboundClient(Loopback.guard());
        ServeWebhookTest.serveAll(
                database, vault, now::get, new PostEvent(client, now::get, Duration.ofSeconds(15)));
    }
}
