package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.webhook.DeliveryTable.DueWebhook;
import dev.postrider.outbound.AllowedBlocks;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.purge.Retention;
import dev.postrider.rig.Loopback;
import dev.postrider.vault.TestVault;
import dev.postrider.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One round of calls after the other, without the machine that looks for them by itself. */
@ExtendWith(TestDatabase.class)
final class ServeWebhookTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Database database;
    private final Vault vault;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Listener listener = Listener.start();
    private final Outbox outbox;
    private final Webhooks.Created created;
    private Duration keep = Duration.ofDays(30);

    ServeWebhookTest(Database database) {
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
    void aCallHasTheEnvelopeAndBothSetsOfHeaders() throws InterruptedException {
        var event = outbox.event(created.webhook());
        serve();
        var call = listener.next();
        assertThat(call.json().fieldNames())
                .toIterable()
                .containsExactly("type", "created_at", "data");
        assertThat(call.json().path("type").asText()).isEqualTo("email.sent");
        assertThat(call.json().path("created_at").asText()).endsWith("Z");
        assertThat(call.json().path("data").path("subject").asText()).isEqualTo("Grüße");
        assertThat(call.header("Content-Type")).isEqualTo("application/json");
        var signature =
                created.secret().sign(event.toString(), now.get(), call.body().getBytes(UTF_8));
        for (var prefix : new String[] {"webhook", "svix"}) {
            assertThat(call.header(prefix + "-id")).isEqualTo(event.toString());
            assertThat(call.header(prefix + "-timestamp"))
                    .isEqualTo(Long.toString(now.get().getEpochSecond()));
            assertThat(call.header(prefix + "-signature")).isEqualTo(signature);
        }
        assertThat(outbox.delivery(event))
                .isEqualTo(new Outbox.Row("delivered", 1, -1, 200, "null"));
    }

    @Test
    void aRetryHasTheSameIdAndBodyAndATimeOfItsOwn() throws InterruptedException {
        listener.answers(500);
        outbox.event(created.webhook());
        serve();
        var first = listener.next();
        now.updateAndGet(instant -> instant.plusSeconds(7));
        outbox.passes(Duration.ofSeconds(7));
        serve();
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
        var event = outbox.event(created.webhook());
        serve();
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
        var event = outbox.event(created.webhook());
        for (var attempt = 1; attempt <= 10; attempt++) {
            assertThat(outbox.delivery(event).state()).isEqualTo("pending");
            serve();
            listener.next();
            outbox.passes(Duration.ofDays(2));
        }
        assertThat(outbox.delivery(event))
                .isEqualTo(new Outbox.Row("failed", 10, -1, 500, "The endpoint answered 500."));
    }

    @Test
    void aPauseThatTheEndpointAsksForHoldsAllItsCalls() throws InterruptedException {
        listener.answers(503, "Retry-After", "600");
        var event = outbox.event(created.webhook());
        serve();
        listener.next();
        assertThat(outbox.delivery(event).waits()).isBetween(590L, 610L);
        outbox.event(created.webhook());
        serve();
        assertThat(listener.isQuiet()).isTrue();
        outbox.passes(Duration.ofSeconds(601));
        serve();
        listener.next();
        listener.next();
    }

    @Test
    void anEndpointThatIsGoneIsNotCalledAgain() throws InterruptedException {
        listener.answers(410);
        var event = outbox.event(created.webhook());
        serve();
        listener.next();
        assertThat(outbox.delivery(event).state()).isEqualTo("failed");
        assertThat(webhook().reason()).hasValueSatisfying(why -> assertThat(why).contains("410"));
        assertThat(webhook().status()).isEqualTo(Webhook.Status.DISABLED);
        var later = outbox.event(created.webhook());
        serve();
        assertThat(listener.isQuiet()).isTrue();
        purge();
        assertThat(outbox.delivery(later).lastError()).contains("disabled");
    }

    @Test
    void anEndpointThatNeverAnswersIsGivenUpAfterTheTimeout() throws InterruptedException {
        var end = new CountDownLatch(1);
        listener.reacts(_ -> end.await());
        var event = outbox.event(created.webhook());
        serveWith(Loopback.guard(), Duration.ofMillis(200));
        end.countDown();
        assertThat(outbox.delivery(event).lastError()).contains("no whole answer within");
        assertThat(outbox.delivery(event).state()).isEqualTo("pending");
    }

    @Test
    void anAddressThatTheGuardRefusesIsNotCalled() throws InterruptedException {
        var event = outbox.event(created.webhook());
        serveWith(new OutboundGuard(AllowedBlocks.NONE), Duration.ofSeconds(15));
        assertThat(listener.isQuiet()).isTrue();
        assertThat(outbox.delivery(event).lastError()).contains("POSTRIDER_OUTBOUND_ALLOW");
    }

    /** What a node leaves that is killed between the claim and the answer: a lease, and no more. */
    @Test
    void whatADeadNodeHadBegunIsDeliveredAgainWithTheSameId() throws InterruptedException {
        var event = outbox.event(created.webhook());
        var due = dueWebhooks(database, vault).getFirst();
        var lost = database.inTransaction(handle -> DeliveryTable.claim(handle, due, 1, LEASE));
        assertThat(lost).hasSize(1);
        serve();
        assertThat(listener.isQuiet()).isTrue();
        outbox.passes(LEASE);
        serve();
        assertThat(listener.next().header("webhook-id")).isEqualTo(event.toString());
        assertThat(outbox.delivery(event).attempts()).isEqualTo(2);
    }

    @Test
    void whoseLeaseHasEndedSettlesNothing() throws InterruptedException {
        var event = outbox.event(created.webhook());
        var endFirst = new CountDownLatch(1);
        var first = serveWhile(endFirst, 500);
        outbox.passes(LEASE);
        var endSecond = new CountDownLatch(1);
        var second = serveWhile(endSecond, 200);
        endFirst.countDown();
        first.join();
        assertThat(outbox.delivery(event).attempts()).isEqualTo(2);
        assertThat(outbox.delivery(event).lastStatus()).isZero();
        endSecond.countDown();
        second.join();
        assertThat(outbox.delivery(event))
                .isEqualTo(new Outbox.Row("delivered", 2, -1, 200, "null"));
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
        outbox.event(created.webhook());
        serveWith(
                TestVault.afterTheKeyWasLost(database, otherFolder),
                Loopback.guard(),
                Duration.ofSeconds(15));
        assertThat(listener.isQuiet()).isTrue();
        assertThat(webhook().status()).isEqualTo(Webhook.Status.DISABLED);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "30, 30", "1, 7"})
    void eventsAreKeptAsLongAsTheHistoryAndAWeekAtLeast(int history, int days)
            throws InterruptedException {
        keep = Duration.ofDays(history);
        var event = outbox.event(created.webhook());
        serve();
        outbox.passes(Duration.ofDays(days).minusHours(1));
        purge();
        assertThat(outbox.delivery(event).state()).isEqualTo("delivered");
        outbox.passes(Duration.ofHours(2));
        purge();
        assertThat(count("delivery")).isZero();
        assertThat(count("event")).isOne();
    }

    private int count(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from <table>")
                        .define("table", table)
                        .mapTo(Integer.class)
                        .one());
    }

    private void purge() {
        var _ =
                new PurgeEvents(database, new Retention(keep, keep, Retention.LEAST_AUDIT))
                        .some(Instant.now());
    }

    private Webhook webhook() {
        UUID id = created.webhook().id();
        return outbox.webhooks().find(outbox.workspaceId(), id).orElseThrow();
    }

    private void serveQuietly() {
        try {
            serve();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws InterruptedException {
        serveWith(Loopback.guard(), Duration.ofSeconds(15));
    }

    private void serveWith(OutboundGuard guard, Duration timeout) throws InterruptedException {
        serveWith(vault, guard, timeout);
    }

    private void serveWith(Vault opening, OutboundGuard guard, Duration timeout)
            throws InterruptedException {
        serveAll(
                database,
                opening,
                now::get,
                new PostEvent(new OutboundClient(guard), now::get, timeout));
    }

    /** Each webhook that has something due, one after the other. */
    static void serveAll(Database database, Vault vault, InstantSource clock, PostEvent post)
            throws InterruptedException {
        var serveWebhook =
                new ServeWebhook(
                        database,
                        post,
                        new RetryTimes(new SplittableRandom(1)),
                        clock,
                        LEASE,
                        () -> false);
        for (var webhook : dueWebhooks(database, vault)) {
            serveWebhook.serve(webhook);
        }
    }

    private static List<DueWebhook> dueWebhooks(Database database, Vault vault) {
        return database.read(handle -> DeliveryTable.dueWebhooks(handle, vault));
    }
}
