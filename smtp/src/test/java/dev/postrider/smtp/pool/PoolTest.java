package dev.postrider.smtp.pool;

import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.plain;
import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Session;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A mailbox's connections, shared. */
class PoolTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final PoolLimits STANDARD = new PoolLimits(3, 100, Duration.ofSeconds(30));

    private final AtomicLong clock = new AtomicLong();
    private final HostLimits hosts = new HostLimits(clock::get);

    private static PoolLimits limits(int connections, int messages) {
        return new PoolLimits(connections, messages, STANDARD.idle());
    }

    private Pool pool(int port, PoolLimits limits) {
        return pool(port, limits, new Credentials.None());
    }

    private Pool pool(int port, Connector connector) {
        return new Pool(connector, plain(port), new Credentials.None(), STANDARD, hosts);
    }

    private Pool pool(int port, PoolLimits limits, Credentials credentials) {
        return new Pool(Fixtures.connector(), plain(port), credentials, limits, hosts);
    }

    private static PooledConnection lease(Borrowing borrowing) {
        assertThat(borrowing).isInstanceOf(Borrowing.Borrowed.class);
        return ((Borrowing.Borrowed) borrowing).connection();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static void sendOne(Pool pool) {
        try (var lease = lease(pool.borrow(SOON))) {
            assertThat(settled(lease.send(message("to@b.test"))).accepted()).isTrue();
        }
    }

    /** It answers a message when it may go on. */
    private static Behaviour awaits(CountDownLatch arrived, CountDownLatch go) {
        return new Behaviour() {
            @Override
            public String message(SunkMessage message) {
                arrived.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "250 ok";
            }
        };
    }

    @Test
    void aConnectionThatComesBackIsUsedAgain() {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), STANDARD)) {
            sendOne(pool);
            sendOne(pool);
            assertThat(sink.connections()).isEqualTo(1);
            assertThat(sink.messages()).isEqualTo(2);
        }
    }

    @Test
    void noMoreThanTheAllowedConnectionsAreOpen() {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), limits(2, 100))) {
            try (var one = lease(pool.borrow(SOON));
                    var two = lease(pool.borrow(SOON))) {
                assertThat(pool.borrow(NOW)).isEqualTo(new Borrowing.Busy());
                assertThat(one.isUsable() && two.isUsable()).isTrue();
            }
            lease(pool.borrow(NOW)).close();
            assertThat(sink.connections()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsGetsTheConnectionThatComesBack() throws Exception {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), limits(1, 100));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting;
            try (var held = lease(pool.borrow(SOON))) {
                waiting = threads.submit(() -> sendOne(pool));
                held.send(message("to@b.test"));
            }
            waiting.get();
            assertThat(sink.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionIsReplacedAfterSoManyMessages() {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), limits(3, 2))) {
            for (int i = 0; i < 6; i++) {
                sendOne(pool);
            }
            assertThat(sink.connections()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionIsReplacedWhenItIsOld() {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), STANDARD)) {
            sendOne(pool);
            pass(Pooled.AGE);
            sendOne(pool);
            assertThat(sink.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatRestsForLongIsCheckedBeforeItIsUsed() {
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), STANDARD)) {
            sendOne(pool);
            pass(Pooled.CHECK_AFTER);
            sendOne(pool);
            assertThat(sink.connections()).isEqualTo(1);
            sink.cutConnections();
            pass(Pooled.CHECK_AFTER);
            sendOne(pool);
            assertThat(sink.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatRestsForTooLongIsClosedWithAGoodbye() throws InterruptedException {
        var closed = new LinkedBlockingQueue<String>();
        Observer observer =
                new Observer() {
                    @Override
                    public void closed(Session session, String reason) {
                        closed.add(reason);
                    }
                };
        try (var sink = Sink.start(SinkOptions.standard())) {
            var connector = new Connector(Resolver.system(), observer, new Quirks());
            var pool = pool(sink.port(), connector);
            sendOne(pool);
            pass(STANDARD.idle().minusSeconds(1));
            pool.sweep();
            pass(Duration.ofSeconds(1));
            pool.sweep();
            assertThat(closed.take()).isEqualTo("done");
            pool.close();
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceHoweverManyWait() throws Exception {
        var wrong = new Credentials.Password("user", "wrong");
        try (var sink = Sink.start(SinkOptions.standard().withUser("user", "right"));
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var pool = pool(sink.port(), limits(10, 100), wrong)) {
            var answers = new ArrayList<Future<Borrowing>>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> pool.borrow(SOON)));
            }
            for (Future<Borrowing> answer : answers) {
                assertThat(answer.get())
                        .isInstanceOfSatisfying(
                                Borrowing.Failed.class,
                                failed ->
                                        assertThat(failed.failed())
                                                .isInstanceOf(Opening.LoginRefused.class));
            }
            assertThat(sink.connections()).isEqualTo(1);
        }
    }

    /** An access token that the server has refused, and the one that came for it. */
    @Test
    void otherCredentialsAreTriedAtOnce() {
        var token = new AtomicReference<>("old");
        var credentials = new Credentials.Token("user", token::get);
        try (var sink =
                        Sink.start(
                                SinkOptions.standard()
                                        .withLogins((_, given) -> given.equals("new")));
                var pool = pool(sink.port(), limits(10, 100), credentials)) {
            assertThat(pool.borrow(SOON)).isInstanceOf(Borrowing.Failed.class);
            token.set("new");
            assertThat(pool.borrow(SOON)).isInstanceOf(Borrowing.Failed.class);
            pool.credentialsRenewed();
            sendOne(pool);
            assertThat(sink.connections()).isEqualTo(2);
        }
    }

    @Test
    void eachFailureLengthensThePauseAndASuccessEndsIt() {
        var refusing = new AtomicInteger(8);
        Connector connector =
                new Connector(
                        host -> {
                            if (refusing.getAndDecrement() > 0) {
                                throw new UnknownHostException(host);
                            }
                            return Resolver.system().resolve(host);
                        },
                        Observer.NONE,
                        new Quirks());
        try (var sink = Sink.start(SinkOptions.standard());
                var pool = pool(sink.port(), connector)) {
            for (int pause : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
                int before = refusing.get();
                assertThat(pool.borrow(SOON)).isInstanceOf(Borrowing.Failed.class);
                assertThat(refusing.get()).isEqualTo(before - 1);
                // Half of the pause is certain, the other half is chance.
                pass(Duration.ofMillis(pause * 500L - 1));
                assertThat(pool.borrow(SOON)).isInstanceOf(Borrowing.Failed.class);
                assertThat(refusing.get()).isEqualTo(before - 1);
                pass(Duration.ofMillis(pause * 500L + 1));
            }
            sendOne(pool);
        }
    }

    @Test
    void aClosedPoolLendsNothingAndWaitsForWhatIsLent() throws Exception {
        var arrived = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Behaviour slow = awaits(arrived, go);
        try (var sink = Sink.start(SinkOptions.standard().behaving(slow));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pool = pool(sink.port(), limits(1, 100));
            Future<?> busy = threads.submit(() -> sendOne(pool));
            arrived.await();
            Future<?> closing = threads.submit(() -> pool.close(SOON));
            while (!(pool.borrow(NOW) instanceof Borrowing.Closed)) {
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            go.countDown();
            busy.get();
            closing.get();
        }
    }

    @Test
    void whatIsStillBusyAfterTheGraceIsCut() throws Exception {
        var arrived = new CountDownLatch(1);
        Behaviour stuck = awaits(arrived, new CountDownLatch(1));
        try (var sink = Sink.start(SinkOptions.standard().behaving(stuck));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pool = pool(sink.port(), STANDARD);
            Future<Result> busy =
                    threads.submit(() -> {
                        try (var lease = lease(pool.borrow(SOON))) {
                            return lease.send(message("to@b.test"));
                        }
                    });
            arrived.await();
            pool.close(Duration.ofMillis(50));
            assertThat(busy.get()).isInstanceOf(Result.Unknown.class);
        }
    }

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        try (var sink = Sink.start(SinkOptions.standard());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var pool = pool(sink.port(), limits(3, 1000))) {
            var senders = new ArrayList<Future<?>>();
            for (int i = 0; i < 40; i++) {
                senders.add(threads.submit(() -> sendOne(pool)));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            assertThat(sink.messages()).isEqualTo(40);
            assertThat(sink.connections()).isBetween(1L, 3L);
        }
    }
}
