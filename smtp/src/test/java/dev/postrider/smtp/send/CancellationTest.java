package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Interrupts, limits and cuts while a server thinks about a message. */
class CancellationTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Takes the first message and never says so. */
    private final Behaviour silent =
            new Behaviour() {
                @Override
                public String message(SunkMessage message) {
                    arrived.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return HANG_UP;
                }
            };

    private static void assertFirstUnknownRestSafe(List<Result> results, Trouble trouble) {
        assertThat(results.getFirst())
                .isInstanceOfSatisfying(
                        Result.Unknown.class,
                        unknown ->
                                assertThat(unknown.cause())
                                        .isInstanceOfSatisfying(
                                                Cause.Lost.class,
                                                lost -> {
                                                    assertThat(lost.trouble()).isEqualTo(trouble);
                                                    assertThat(lost.stage())
                                                            .isEqualTo(Stage.END_OF_DATA);
                                                }));
        assertThat(results.subList(1, results.size())).allMatch(Result.NotBegun.class::isInstance);
    }

    private void sendAndDisturb(Thread.Builder builder, Disturbance disturbance)
            throws InterruptedException {
        try (var sink = Sink.start(SinkOptions.standard().behaving(silent))) {
            var connection = connect(sink.port());
            var results = new CompletableFuture<List<Result>>();
            var interrupted = new CompletableFuture<Boolean>();
            Thread sender =
                    builder.start(() -> {
                        results.complete(connection.send(messages(3), SendOptions.STANDARD));
                        interrupted.complete(Thread.currentThread().isInterrupted());
                    });
            arrived.await();
            disturbance.disturb(sender, connection);
            assertFirstUnknownRestSafe(results.join(), Trouble.CANCELED);
            assertThat(connection.isUsable()).isFalse();
            assertThat(interrupted.join()).isEqualTo(disturbance == Disturbance.INTERRUPT);
            released.countDown();
        }
    }

    private enum Disturbance {
        INTERRUPT,
        CUT;

        void disturb(Thread sender, Connection connection) {
            switch (this) {
                case INTERRUPT -> sender.interrupt();
                case CUT -> connection.cut();
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitOnAVirtualThread() throws InterruptedException {
        sendAndDisturb(Thread.ofVirtual(), Disturbance.INTERRUPT);
    }

    @Test
    void anInterruptEndsTheWaitOnAPlatformThread() throws InterruptedException {
        sendAndDisturb(Thread.ofPlatform(), Disturbance.INTERRUPT);
    }

    @Test
    void anotherThreadMayCutTheConnection() throws InterruptedException {
        sendAndDisturb(Thread.ofVirtual(), Disturbance.CUT);
    }

    @Test
    void aClosedConnectionBeginsNothing() {
        try (var sink = Sink.start(SinkOptions.standard())) {
            var connection = connect(sink.port());
            connection.close();
            assertThat(connection.send(messages(2), SendOptions.STANDARD))
                    .hasSize(2)
                    .allMatch(Result.NotBegun.class::isInstance);
        }
    }
}
