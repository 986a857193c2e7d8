package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.event.EventType;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An endpoint that is slow or dead costs others nothing, and ends by being left in peace. */
@ExtendWith(TestDatabase.class)
final class FailingEndpointTest {
    private final Database database;
    private final WebhookRig rig;
    private final Listener listener;
    private final Outbox outbox;

    FailingEndpointTest(Database database) {
        this.database = database;
        this.rig = new WebhookRig(database);
        this.listener = rig.listener;
        this.outbox = rig.outbox;
    }

    @AfterEach
    void hangUp() {
        rig.close();
    }

    @Test
    void oneThatIsSlowGivesWayWhenItsTurnEnds() throws InterruptedException {
        listener.reacts(exchange -> {
            rig.now.updateAndGet(instant -> instant.plusSeconds(31));
            Listener.answer(exchange, 200);
        });
        for (var i = 0; i < 9; i++) {
            outbox.event(rig.created.webhook());
        }
        rig.serve();
        for (var i = 0; i < 4; i++) {
            listener.next();
        }
        assertThat(listener.isQuiet()).isTrue();
    }

    @Test
    void anEndpointThatFailsAgainAndAgainRestsBetweenCalls() throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.event(rig.created.webhook());
        rig.serve();
        assertThat(listener.isQuiet()).isTrue();
        listener.answers(200);
        outbox.passes(WebhookTable.REST);
        rig.serve();
        listener.next();
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    @Test
    void oneThatTakesNothingForDaysIsDisabledUntilItsOwnerSaysOtherwise()
            throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.passes(WebhookTable.LONGEST.plusSeconds(1));
        rig.serve();
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.DISABLED);
        assertThat(rig.webhook().reason())
                .hasValue("The endpoint has accepted no call for 5 days.");

        while (!listener.isQuiet()) {
            listener.next();
        }
        var _ =
                outbox.webhooks()
                        .change(
                                rig.webhook()
                                        .with(
                                                rig.webhook().endpoint(),
                                                rig.webhook().events(),
                                                Webhook.Status.ENABLED));
        assertThat(rig.webhook().reason()).isEmpty();
        outbox.event(rig.created.webhook());
        rig.serve();
        listener.next();
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    @Test
    void oneCallThatIsTakenEndsTheCount() throws InterruptedException {
        listener.answers(500);
        failsOften();
        outbox.passes(WebhookTable.LONGEST.plusSeconds(1));
        listener.answers(200);
        rig.serve();
        listener.answers(500);
        outbox.event(rig.created.webhook());
        rig.serve();
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.ENABLED);
    }

    @Test
    void theOthersAreToldThatItFailsForLongThatItIsGivenUpAndItsLogSaysSo()
            throws InterruptedException {
        try (var other = Listener.start()) {
            outbox.webhook(
                    other.url(),
                    EventType.WEBHOOK_FAILING,
                    EventType.WEBHOOK_DISABLED,
                    EventType.WEBHOOK_RECOVERED);
            listener.answers(500);
            failsOften();
            rig.serve();
            assertThat(rig.webhook().failing())
                    .hasValueSatisfying(failing -> {
                        assertThat(failing.calls()).isEqualTo(WebhookTable.MANY);
                        assertThat(failing.lastError()).hasValue("The endpoint answered 500.");
                        assertThat(failing.isForLong()).isFalse();
                    });
            assertThat(rig.webhook().restsUntil()).isPresent();

            outbox.passes(WebhookTable.LONG.plusSeconds(1));
            rig.serve();
            rig.serve();
            var failing = other.next().json();
            assertThat(failing.path("type").asText()).isEqualTo("webhook.failing");
            assertThat(failing.path("data").path("webhook_id").asText())
                    .isEqualTo(rig.created.webhook().id().toString());
            assertThat(failing.path("data").path("last_error").asText()).contains("500");
            assertThat(other.isQuiet()).as("told once").isTrue();
            assertThat(rig.webhook().failing().orElseThrow().isForLong()).isTrue();

            outbox.passes(WebhookTable.LONGEST);
            rig.serve();
            rig.serve();
            var disabled = other.next().json();
            assertThat(disabled.path("type").asText()).isEqualTo("webhook.disabled");
            assertThat(disabled.path("data").path("reason").asText())
                    .isEqualTo(WebhookTable.TAKES_NOTHING);
            assertThat(audited()).containsExactly("webhook.disabled");
            assertThat(rig.webhook().failing()).as("it still says why").isPresent();

            rig.change(Webhook.Status.ENABLED);
            assertThat(rig.webhook().failing()).isEmpty();
        }
    }

    @Test
    void theOthersAreToldThatItIsWellAgainIfTheyWereToldThatItIsNot() throws InterruptedException {
        try (var other = Listener.start()) {
            outbox.webhook(other.url(), EventType.WEBHOOK_FAILING, EventType.WEBHOOK_RECOVERED);
            listener.answers(500);
            failsOften();
            listener.answers(200);
            outbox.passes(Duration.ofSeconds(61));
            rig.serve();
            rig.serve();
            assertThat(other.isQuiet()).as("short failures are nobody's business").isTrue();

            listener.answers(500);
            failsOften();
            outbox.passes(WebhookTable.LONG.plusSeconds(1));
            rig.serve();
            rig.serve();
            assertThat(other.next().json().path("type").asText()).isEqualTo("webhook.failing");
            listener.answers(200);
            outbox.passes(Duration.ofHours(3));
            rig.serve();
            rig.serve();
            assertThat(other.next().json().path("type").asText()).isEqualTo("webhook.recovered");
            assertThat(rig.webhook().failing()).isEmpty();
        }
    }

    private List<String> audited() {
        return database.read(handle ->
                handle.createQuery("select action from audit_entry where workspace_id = :workspace")
                        .bind("workspace", outbox.workspaceId())
                        .mapTo(String.class)
                        .list());
    }

    private void failsOften() throws InterruptedException {
        for (var i = 0; i < WebhookTable.MANY; i++) {
            outbox.event(rig.created.webhook());
        }
        rig.serve();
        for (var i = 0; i < WebhookTable.MANY; i++) {
            listener.next();
        }
    }
}
