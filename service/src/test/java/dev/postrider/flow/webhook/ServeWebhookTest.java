package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.purge.Retention;
import dev.postrider.rig.Loopback;
import dev.postrider.vault.TestVault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One round of calls after the other, without the machine that looks for them by itself. */
@ExtendWith(TestDatabase.class)
final class ServeWebhookTest {
    private final Database database;
    private final WebhookRig rig;
    private final Listener listener;
    private final Outbox outbox;

    ServeWebhookTest(Database database) {
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
    void aCallHasTheEnvelopeAndBothSetsOfHeaders() throws InterruptedException {
        var event = outbox.event(rig.created.webhook());
        rig.serve();
        var call = listener.next();
        assertThat(call.json().fieldNames())
                .toIterable()
                .containsExactly("type", "created_at", "data");
        assertThat(call.json().path("type").asText()).isEqualTo("email.sent");
        assertThat(call.json().path("created_at").asText()).endsWith("Z");
        assertThat(call.json().path("data").path("subject").asText()).isEqualTo("Grüße");
        assertThat(call.header("Content-Type")).isEqualTo("application/json");
        var signature =
                rig.created
                        .secret()
                        .sign(event.toString(), rig.now.get(), call.body().getBytes(UTF_8));
        for (var prefix : new String[] {"webhook", "svix"}) {
            assertThat(call.header(prefix + "-id")).isEqualTo(event.toString());
            assertThat(call.header(prefix + "-timestamp"))
                    .isEqualTo(Long.toString(rig.now.get().getEpochSecond()));
            assertThat(call.header(prefix + "-signature")).isEqualTo(signature);
        }
        assertThat(outbox.delivery(event))
                .isEqualTo(new Outbox.Row("delivered", 1, -1, 200, "null", "null"));
    }

    @Test
    void aRetryHasTheSameIdAndBodyAndATimeOfItsOwn() throws InterruptedException {
        listener.answers(500);
        outbox.event(rig.created.webhook());
        rig.serve();
        var first = listener.next();
        rig.now.updateAndGet(instant -> instant.plusSeconds(7));
        outbox.passes(Duration.ofSeconds(7));
        rig.serve();
        var second = listener.next();
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-timestamp"))
                .isNotEqualTo(first.header("webhook-timestamp"));
        assertThat(second.header("webhook-signature"))
                .isNotEqualTo(first.header("webhook-signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 404, 429, 500, 503})
    void whatIsNot2xxIsTriedAgain(int status) throws InterruptedException {
        listener.answers(status, "Location", listener.url());
        var event = outbox.event(rig.created.webhook());
        rig.serve();
        listener.next();
        assertThat(listener.isQuiet()).isTrue();
        var delivery = outbox.delivery(event);
        assertThat(delivery.state()).isEqualTo("pending");
        assertThat(delivery.waits()).isBetween(4L, 6L);
        assertThat(delivery.lastStatus()).isEqualTo(status);
    }

    @Test
    void afterTenAttemptsItHasFailed() throws InterruptedException {
        listener.answers(500);
        var event = outbox.event(rig.created.webhook());
        for (var attempt = 1; attempt <= 10; attempt++) {
            assertThat(outbox.delivery(event).state()).isEqualTo("pending");
            rig.serve();
            listener.next();
            outbox.passes(Duration.ofDays(2));
        }
        assertThat(outbox.delivery(event))
                .isEqualTo(
                        new Outbox.Row(
                                "failed", 10, -1, 500, "The endpoint answered 500.", "null"));
    }

    @Test
    void aPauseThatTheEndpointAsksForHoldsAllItsCalls() throws InterruptedException {
        listener.answers(503, "Retry-After", "600");
        var event = outbox.event(rig.created.webhook());
        rig.serve();
        listener.next();
        assertThat(outbox.delivery(event).waits()).isBetween(590L, 610L);
        outbox.event(rig.created.webhook());
        rig.serve();
        assertThat(listener.isQuiet()).isTrue();
        outbox.passes(Duration.ofSeconds(601));
        rig.serve();
        listener.next();
        listener.next();
    }

    @Test
    void anEndpointThatIsGoneIsNotCalledAgain() throws InterruptedException {
        listener.answers(410);
        var event = outbox.event(rig.created.webhook());
        rig.serve();
        listener.next();
        assertThat(outbox.delivery(event).state()).isEqualTo("failed");
        assertThat(rig.webhook().reason())
                .hasValueSatisfying(why -> assertThat(why).contains("410"));
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.DISABLED);
        var later = outbox.event(rig.created.webhook());
        rig.serve();
        assertThat(listener.isQuiet()).isTrue();
        purge(Duration.ofDays(30));
        listener.answers(200);
        rig.change(Webhook.Status.ENABLED);
        rig.serve();
        assertThat(listener.next().header("webhook-id"))
                .as("it goes on with what waited")
                .isEqualTo(later.toString());
    }

    @Test
    void whatWaitsWhenItsOwnerDisablesItIsNotToldLater() throws InterruptedException {
        var event = outbox.event(rig.created.webhook());
        rig.change(Webhook.Status.DISABLED);
        purge(Duration.ofDays(30));
        assertThat(outbox.delivery(event).state()).isEqualTo("failed");
        assertThat(outbox.delivery(event).reason()).contains("disabled");
        rig.change(Webhook.Status.ENABLED);
        rig.serve();
        assertThat(listener.isQuiet()).isTrue();
    }

    @Test
    void anEndpointThatNeverAnswersIsGivenUpAfterTheTimeout() throws InterruptedException {
        var end = new CountDownLatch(1);
        listener.reacts(_ -> end.await());
        var event = outbox.event(rig.created.webhook());
        rig.serveWith(Loopback.guard(), Duration.ofMillis(200));
        end.countDown();
        assertThat(outbox.delivery(event).lastError()).contains("no complete answer within");
        assertThat(outbox.delivery(event).state()).isEqualTo("pending");
    }

    @Test
    void anAddressThatTheGuardRefusesIsNotCalled() throws InterruptedException {
        var event = outbox.event(rig.created.webhook());
        rig.serveWith(new OutboundGuard(AllowedBlocks.NONE), Duration.ofSeconds(15));
        assertThat(listener.isQuiet()).isTrue();
        assertThat(outbox.delivery(event).lastError()).contains("POSTRIDER_OUTBOUND_ALLOW");
    }

    /** What a node leaves that is killed between the claim and the answer: a lease, and no more. */
    @Test
    void whatADeadNodeHadBegunIsDeliveredAgainWithTheSameId() throws InterruptedException {
        var event = outbox.event(rig.created.webhook());
        var due = rig.due().getFirst();
        var lost =
                database.inTransaction(
                        handle -> DeliveryTable.claim(handle, due, 1, WebhookRig.LEASE));
        assertThat(lost).hasSize(1);
        rig.serve();
        assertThat(listener.isQuiet()).isTrue();
        outbox.passes(WebhookRig.LEASE);
        rig.serve();
        assertThat(listener.next().header("webhook-id")).isEqualTo(event.toString());
        assertThat(outbox.delivery(event).attempts()).isEqualTo(2);
    }

    @Test
    void whoseLeaseHasEndedSettlesNothing() throws InterruptedException {
        var event = outbox.event(rig.created.webhook());
        var endFirst = new CountDownLatch(1);
        var first = serveWhile(endFirst, 500);
        outbox.passes(WebhookRig.LEASE);
        var endSecond = new CountDownLatch(1);
        var second = serveWhile(endSecond, 200);
        endFirst.countDown();
        first.join();
        assertThat(outbox.delivery(event).attempts()).isEqualTo(2);
        assertThat(outbox.delivery(event).lastStatus()).isZero();
        endSecond.countDown();
        second.join();
        assertThat(outbox.delivery(event))
                .isEqualTo(new Outbox.Row("delivered", 2, -1, 200, "null", "null"));
    }

    /** Begins a call that is answered at the end, and waits until the application has it. */
    private Thread serveWhile(CountDownLatch end, int status) throws InterruptedException {
        listener.reacts(exchange -> {
            end.await();
            Listener.answer(exchange, status);
        });
        var serving = Thread.ofVirtual().start(this::serveQuietly);
        listener.next();
        return serving;
    }

    @Test
    void aSecretThatNoKeyOpensDisablesTheWebhook(@TempDir Path otherFolder)
            throws InterruptedException {
        outbox.event(rig.created.webhook());
        rig.serveWith(
                TestVault.afterTheKeyWasLost(database, otherFolder),
                Loopback.guard(),
                Duration.ofSeconds(15));
        assertThat(listener.isQuiet()).isTrue();
        assertThat(rig.webhook().status()).isEqualTo(Webhook.Status.DISABLED);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "30, 30", "1, 7"})
    void eventsAreKeptAsLongAsTheHistoryAndAWeekAtLeast(int history, int days)
            throws InterruptedException {
        var keep = Duration.ofDays(history);
        var event = outbox.event(rig.created.webhook());
        listener.answers(500);
        rig.serve();
        listener.answers(200);
        outbox.passes(Duration.ofSeconds(7));
        rig.serve();
        outbox.passes(Duration.ofDays(days).minusHours(1));
        purge(keep);
        assertThat(outbox.delivery(event).state()).isEqualTo("delivered");
        assertThat(count("delivery_attempt")).isOne();
        outbox.passes(Duration.ofHours(2));
        purge(keep);
        assertThat(count("delivery")).isZero();
        assertThat(count("delivery_attempt")).isZero();
        assertThat(count("event")).isOne();
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
    }

    private void purge(Duration keep) {
        var _ =
                new PurgeEvents(database, new Retention(keep, keep, Retention.LEAST_AUDIT))
                        .some(Instant.now());
    }

    private void serveQuietly() {
        try {
            rig.serve();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
