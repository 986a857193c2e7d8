package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An endpoint that is slow or dead costs others nothing, and ends by being left in peace. */
@ExtendWith(TestDatabase.class)
final class FailingEndpointTest {
    private final WebhookRig rig;
    private final Listener listener;
    private final Outbox outbox;

    FailingEndpointTest(Database database) {
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
