package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Loopback;
import dev.postrider.vault.TestVault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class HeraldTest {
    @Test
    void aSlowEndpointDelaysNoOtherAndStoppingWaitsForIt(Database database)
            throws InterruptedException {
        var vault = TestVault.of(database);
        var outbox = Outbox.in(database, new Webhooks(database, vault));
        var held = new CountDownLatch(1);
        try (var slow = Listener.start();
                var quick = Listener.start()) {
            slow.reacts(exchange -> {
                held.await();
                Listener.answer(exchange, 200);
            });
            var late = outbox.event(outbox.webhook(slow.url()).webhook());
            var herald =
                    new Herald(
                            database,
                            vault,
                            new OutboundClient(Loopback.guard()),
                            new Wakeups(),
                            InstantSource.system(),
                            new SplittableRandom(1),
                            Herald.Room.STANDARD,
                            Duration.ofMillis(100));
            herald.start();
            slow.next();
            var quickWebhook = outbox.webhook(quick.url()).webhook();
            for (var i = 0; i < 3; i++) {
                var event = outbox.event(quickWebhook);
                assertThat(quick.next().header("webhook-id")).isEqualTo(event.toString());
            }
            assertThat(outbox.delivery(late).state()).isEqualTo("pending");
            var stopping = Thread.ofVirtual().start(() -> stop(herald));
            held.countDown();
            stopping.join();
            assertThat(outbox.delivery(late).state()).isEqualTo("delivered");
            outbox.event(quickWebhook);
            assertThat(quick.isQuiet()).isTrue();
        }
    }

    @Test
    void thoseThatFailLeaveRoomForThoseThatAreWell(Database database) throws InterruptedException {
        var vault = TestVault.of(database);
        var outbox = Outbox.in(database, new Webhooks(database, vault));
        var held = new CountDownLatch(1);
        try (var dead = Listener.start();
                var quick = Listener.start()) {
            dead.reacts(exchange -> {
                held.await();
                Listener.answer(exchange, 503);
            });
            for (var i = 0; i < 4; i++) {
                var webhook = outbox.webhook(dead.url()).webhook();
                outbox.fails(webhook);
                outbox.event(webhook);
            }
            var herald =
                    new Herald(
                            database,
                            vault,
                            new OutboundClient(Loopback.guard()),
                            new Wakeups(),
                            InstantSource.system(),
                            new SplittableRandom(1),
                            new Herald.Room(3, 2),
                            Duration.ofMillis(100));
            herald.start();
            dead.next();
            dead.next();
            var event = outbox.event(outbox.webhook(quick.url()).webhook());
            assertThat(quick.next().header("webhook-id")).isEqualTo(event.toString());
            assertThat(dead.isQuiet()).isTrue();
            held.countDown();
            // now it is the others' turn
            dead.next();
            dead.next();
            stop(herald);
        }
    }

    private static void stop(Herald herald) {
        try {
            herald.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
