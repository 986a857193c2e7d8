package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postrider.event.EventType;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Meanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a webhook was told can be looked at, and told again. */
@ExtendWith(TestDatabase.class)
final class DeliveriesTest {
    private static final Page PAGE = new Page(20, Optional.empty(), Optional.empty());

    private final Database database;
    private final WebhookRig rig;
    private final Listener listener;
    private final Outbox outbox;
    private final Deliveries deliveries;

    DeliveriesTest(Database database) {
        this.database = database;
        this.rig = new WebhookRig(database);
        this.listener = rig.listener;
        this.outbox = rig.outbox;
        this.deliveries = rig.deliveries();
    }

    @AfterEach
    void hangUp() {
        rig.close();
    }

    @Test
    void eachAttemptIsKeptWithItsAnswer() throws InterruptedException {
        var event = happens();
        listener.says(500, "<h1>no</h1>".getBytes(UTF_8));
        serveAfter(Duration.ZERO);
        listener.says(404, new byte[] {'a', 0, (byte) 0xff});
        serveAfter(Duration.ofSeconds(7));
        listener.says(200, "ok".getBytes(UTF_8));
        serveAfter(Duration.ofMinutes(7));

        var found = deliveries.find(rig.webhook(), event).orElseThrow();
        assertThat(found.row().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(found.row().problem()).isEmpty();
        assertThat(found.row().event().about()).hasValue("Grüße");
        assertThat(found.attempts())
                .extracting(
                        DeliveryRow.Attempt::number,
                        each -> each.status().orElseThrow(),
                        each -> each.error().orElse(""),
                        each -> each.answer().orElse(""))
                .containsExactly(
                        tuple(1, 500, "The endpoint answered 500.", "<h1>no</h1>"),
                        tuple(2, 404, "The endpoint answered 404.", "a\ufffd\ufffd"),
                        tuple(3, 200, "", "ok"));
        assertThat(found.attempts())
                .allSatisfy(each -> {
                    assertThat(each.took()).isBetween(Duration.ZERO, Duration.ofSeconds(15));
                    assertThat(each.at()).isBefore(Instant.now());
                });
        assertThat(found.body().fieldNames())
                .toIterable()
                .containsExactly("type", "created_at", "data");
    }

    @Test
    void whatIsSettledWhileItIsReadIsNotHalfInIt() throws Exception {
        var event = happens();
        listener.answers(500);
        serveAfter(Duration.ZERO);

        var found =
                Meanwhile.readerWaitsAt(
                                database,
                                "delivery_attempt",
                                handle ->
                                        handle.execute(
                                                """
                                                update delivery
                                                set state = 'delivered', due_at = null,
                                                    attempts = 2, last_attempt = 2, last_status = 200
                                                where event_id = ?
                                                """,
                                                event),
                                () -> deliveries.find(rig.webhook(), event))
                        .orElseThrow();

        assertThat(found.row().state()).isEqualTo(DeliveryState.PENDING);
        assertThat(found.attempts()).extracting(DeliveryRow.Attempt::number).containsExactly(1);
    }

    /** As nearly all calls are: nothing more is written than the delivery itself. */
    @Test
    void whatIsTakenAtOnceNeedsNoRowOfItsOwn() throws InterruptedException {
        happens();
        rig.serve();
        assertThat(rows("delivery_attempt")).isZero();
    }

    @Test
    void aListIsFilteredAndHasPages() throws InterruptedException {
        var failed = happens();
        listener.answers(410);
        rig.serve();
        rig.change(Webhook.Status.ENABLED);
        listener.answers(200);
        var delivered = happens();
        rig.serve();
        var pending = happens();
        var other = happens("email.failed");

        assertThat(ids(all())).containsExactly(other, pending, delivered, failed);
        assertThat(ids(of(DeliveryState.FAILED))).containsExactly(failed);
        assertThat(ids(of(DeliveryState.PENDING))).containsExactly(other, pending);
        assertThat(ids(of(DeliveryState.PENDING, DeliveryState.FAILED)))
                .containsExactly(other, pending, failed);
        assertThat(ids(of(DeliveryState.DELIVERED))).containsExactly(delivered);
        assertThat(ids(ofType(EventType.EMAIL_FAILED))).containsExactly(other);
        assertThat(ids(ofType(EventType.EMAIL_SENT))).containsExactly(pending, delivered, failed);
        assertThat(ids(ofType(EventType.EMAIL_FAILED, EventType.EMAIL_SENT))).hasSize(4);

        var second =
                deliveries.list(
                        rig.webhook(), all(), new Page(2, Optional.of(pending), Optional.empty()));
        assertThat(second.items())
                .extracting(each -> each.event().id())
                .containsExactly(delivered, failed);
        assertThat(second.hasMore()).isFalse();
        var back =
                deliveries.list(
                        rig.webhook(),
                        of(DeliveryState.PENDING, DeliveryState.FAILED),
                        new Page(1, Optional.empty(), Optional.of(failed)));
        assertThat(back.items()).extracting(each -> each.event().id()).containsExactly(pending);
        assertThat(back.hasMore()).isTrue();
    }

    @Test
    void oneOfAnEmailIsFoundByTheEmail() {
        var email = UUID.randomUUID();
        var event = happens();
        happens();
        database.inTransaction(handle ->
                handle.execute("update event set email_id = ? where id = ?", email, event));

        assertThat(
                        ids(
                                new DeliveryFilter(
                                        List.of(),
                                        List.of(),
                                        Optional.of(email),
                                        Optional.empty(),
                                        Optional.empty())))
                .containsExactly(event);
        var found = deliveries.ofEmail(outbox.workspaceId(), email).items();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().host()).isEqualTo("127.0.0.1");
        assertThat(deliveries.ofEmail(UUID.randomUUID(), email).items()).isEmpty();
    }

    @Test
    void oneThatWasTakenIsToldAgainWithItsId() throws InterruptedException {
        var event = happens();
        rig.serve();
        var first = listener.next();
        assertThat(deliveries.replay(rig.webhook(), event)).isTrue();
        rig.serve();
        var second = listener.next();
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(deliveries.find(rig.webhook(), event).orElseThrow().attempts()).hasSize(2);
    }

    @Test
    void oneThatWasGivenUpHasAllItsAttemptsAgain() throws InterruptedException {
        listener.answers(500);
        var event = happens();
        for (var attempt = 1; attempt <= 10; attempt++) {
            serveAfter(Duration.ofDays(2));
        }
        assertThat(outbox.delivery(event).state()).isEqualTo("failed");
        assertThat(deliveries.replay(rig.webhook(), event)).isTrue();
        serveAfter(Duration.ZERO);
        assertThat(outbox.delivery(event).state()).isEqualTo("pending");
        assertThat(outbox.delivery(event).waits()).isBetween(4L, 6L);
        assertThat(outbox.delivery(event).attempts()).isEqualTo(11);
    }

    @Test
    void oneThatIsBeingToldIsNot() {
        var event = happens();
        var due = rig.due().getFirst();
        database.inTransaction(handle -> DeliveryTable.claim(handle, due, 1, WebhookRig.LEASE));
        assertThat(deliveries.replay(rig.webhook(), event)).isFalse();
        assertThat(outbox.delivery(event).attempts()).isOne();
    }

    @Test
    void whatFailedInATimeSpanIsToldAgainBehindWhatHappensMeanwhile() throws InterruptedException {
        var before = happens();
        var from = Instant.now().plusMillis(2);
        waitUntil(from);
        var failed = new ArrayList<UUID>();
        for (var i = 0; i < 12; i++) {
            failed.add(happens());
        }
        end("failed");
        var delivered = happens();
        end("delivered");
        var span =
                new DeliveryFilter(
                        List.of(DeliveryState.FAILED),
                        List.of(),
                        Optional.empty(),
                        Optional.of(from),
                        Optional.empty());

        assertThat(deliveries.replay(rig.webhook(), span)).hasValue(12);
        var fresh = new ArrayList<UUID>();
        for (var i = 0; i < 4; i++) {
            fresh.add(happens());
        }
        rig.serve();

        assertThat(called(4)).as("first").containsExactlyInAnyOrderElementsOf(fresh);
        assertThat(called(12)).as("then").containsExactlyInAnyOrderElementsOf(failed);
        assertThat(listener.isQuiet()).isTrue();
        assertThat(outbox.delivery(before).state()).isEqualTo("failed");
        assertThat(outbox.delivery(delivered).attempts()).isZero();
    }

    private List<UUID> called(int count) throws InterruptedException {
        var ids = new ArrayList<UUID>();
        for (var i = 0; i < count; i++) {
            ids.add(UUID.fromString(listener.next().header("webhook-id")));
        }
        return ids;
    }

    private static void waitUntil(Instant time) {
        while (Instant.now().isBefore(time)) {
            Thread.onSpinWait();
        }
    }

    /** All that waits has ended. */
    private void end(String state) {
        database.inTransaction(handle ->
                handle.execute(
                        "update delivery set state = ?, due_at = null where state = 'pending'",
                        state));
    }

    private void serveAfter(Duration time) throws InterruptedException {
        outbox.passes(time);
        rig.serve();
        listener.next();
    }

    private UUID happens() {
        return outbox.event(rig.created.webhook());
    }

    private UUID happens(String type) {
        var event = happens();
        database.inTransaction(
                handle -> handle.execute("update event set type = ? where id = ?", type, event));
        return event;
    }

    private List<UUID> ids(DeliveryFilter filter) {
        return deliveries.list(rig.webhook(), filter, PAGE).items().stream()
                .map(each -> each.event().id())
                .toList();
    }

    private static DeliveryFilter all() {
        return of();
    }

    private static DeliveryFilter of(DeliveryState... states) {
        return new DeliveryFilter(
                List.of(states), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static DeliveryFilter ofType(EventType... types) {
        return new DeliveryFilter(
                List.of(), List.of(types), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private int rows(String table) {
        return database.read(handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
    }
}
