package dev.postrider.smtp.connect;

import static dev.postrider.smtp.Fixtures.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.wire.Timeouts;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.testkit.script.ScriptedServer;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names, addresses and greetings. */
class OpeningTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static Opening open(Resolver resolver, Server server) {
        return new Connector(resolver, Observer.NONE, new Quirks())
                .open(server, new Credentials.None());
    }

    @Test
    void exactlyTheResolvedAddressesAreConnectedTo() {
        try (var sink = Sink.start(SinkOptions.standard())) {
            var asked = new ArrayList<String>();
            Server server = Server.of("mail.invalid", sink.port(), Security.NONE);
            Opening opening =
                    open(
                            host -> {
                                asked.add(host);
                                return List.of(LOOPBACK);
                            },
                            server);
            assertThat(opening)
                    .isInstanceOfSatisfying(
                            Opening.Open.class,
                            open -> {
                                assertThat(open.connection().session().address())
                                        .isEqualTo(LOOPBACK);
                                open.connection().close();
                            });
            assertThat(asked).containsExactly("mail.invalid");
        }
    }

    @Test
    void allAddressesAreTriedInTurn() {
        try (var sink = Sink.start(SinkOptions.standard())) {
            // Nothing listens on 127.0.0.2.
            InetAddress dead = InetAddress.ofLiteral("127.0.0.2");
            Opening opening = open(_ -> List.of(dead, LOOPBACK), plain(sink.port()));
            assertThat(opening).isInstanceOf(Opening.Open.class);
        }
    }

    @Test
    void anAddressThatSwallowsEverythingCostsAMomentAndNotTheWholeTime() throws IOException {
        InetAddress hole = InetAddress.ofLiteral("127.0.0.2");
        try (var sink = Sink.start(SinkOptions.standard());
                var full = new ServerSocket(sink.port(), 1, hole);
                var first = new Socket();
                var second = new Socket()) {
            first.connect(full.getLocalSocketAddress(), 1000);
            second.connect(full.getLocalSocketAddress(), 1000);
            long started = System.nanoTime();
            Opening opening = open(_ -> List.of(hole, LOOPBACK), plain(sink.port()));
            assertThat(opening).isInstanceOf(Opening.Open.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void anAddressThatFallsSilentGetsItsShareOfTheTimeAlone() throws IOException {
        InetAddress silent = InetAddress.ofLiteral("127.0.0.2");
        try (var sink = Sink.start(SinkOptions.standard());
                var _ = new ServerSocket(sink.port(), 5, silent)) {
            Opening opening =
                    new Connector(_ -> List.of(silent, LOOPBACK), Observer.NONE, new Quirks())
                            .open(
                                    plain(sink.port()),
                                    new Credentials.None(),
                                    Duration.ofSeconds(3),
                                    null);
            assertThat(opening).isInstanceOf(Opening.Open.class);
        }
    }

    @Test
    void withoutANameTheClientIsCalledByItsAddress() {
        var script =
                """
                S: 220 mx.test
                C: EHLO [127.0.0.1]
                S: 250 mx.test
                """;
        try (var server = ScriptedServer.play(script)) {
            assertThat(open(Resolver.system(), plain(server.port()).withEhloName("")))
                    .isInstanceOfSatisfying(Opening.Open.class, open -> open.connection().cut());
            server.awaitEnd();
        }
    }

    @Test
    void aRefusalByTheOutboundGuardIsToldToTheOwner() {
        Resolver guard =
                host -> {
                    throw new UnknownHostException(host + " is a private address");
                };
        assertThat(open(guard, plain(25)))
                .isEqualTo(
                        new Opening.Unreachable(
                                Stage.RESOLVE,
                                Trouble.DNS,
                                "There is no address for 127.0.0.1: 127.0.0.1 is a private address"));
        assertThat(open(_ -> List.of(), plain(25)))
                .isInstanceOfSatisfying(
                        Opening.Unreachable.class,
                        unreachable -> assertThat(unreachable.trouble()).isEqualTo(Trouble.DNS));
    }

    @Test
    void aPortWhereNothingListensIsRefused() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        assertThat(open(Resolver.system(), plain(port)))
                .isInstanceOfSatisfying(
                        Opening.Unreachable.class,
                        unreachable -> {
                            assertThat(unreachable.stage()).isEqualTo(Stage.CONNECT);
                            assertThat(unreachable.trouble()).isEqualTo(Trouble.REFUSED);
                        });
    }

    @Test
    void aServerThatNeverAcceptsEndsAtTheTimeout() throws IOException {
        try (var full = new ServerSocket(0, 1, LOOPBACK);
                var first = new Socket();
                var second = new Socket()) {
            // The kernel completes as many connections as the backlog holds, and leaves the next
            // one waiting.
            first.connect(new InetSocketAddress(LOOPBACK, full.getLocalPort()), 1000);
            second.connect(new InetSocketAddress(LOOPBACK, full.getLocalPort()), 1000);
            Server server =
                    plain(full.getLocalPort())
                            .withTimeouts(Timeouts.STANDARD.withConnect(Duration.ofMillis(100)));
            assertThat(open(Resolver.system(), server))
                    .isInstanceOfSatisfying(
                            Opening.Unreachable.class,
                            unreachable -> {
                                assertThat(unreachable.stage()).isEqualTo(Stage.CONNECT);
                                assertThat(unreachable.trouble()).isEqualTo(Trouble.TIMEOUT);
                            });
        }
    }

    @Test
    void theCallersLimitIsToldFromTheServersTimeout() {
        try (var server = ScriptedServer.play("-- silence\n")) {
            Opening opening =
                    Fixtures.connector()
                            .open(
                                    plain(server.port()),
                                    new Credentials.None(),
                                    Duration.ofSeconds(1),
                                    null);
            assertThat(opening)
                    .isInstanceOfSatisfying(
                            Opening.Unreachable.class,
                            unreachable -> {
                                assertThat(unreachable.stage()).isEqualTo(Stage.GREETING);
                                assertThat(unreachable.trouble()).isEqualTo(Trouble.LIMIT);
                            });
        }
    }

    @Test
    void aGreetingThatSaysNotNowIsDeferredAndOneThatSaysNeverIsRefused() {
        try (var server = ScriptedServer.play("S: 421 4.7.0 too many\n", "S: 554 5.7.1 no\n")) {
            assertThat(open(Resolver.system(), plain(server.port())).toString())
                    .startsWith("Deferred[stage=GREETING, reply=421 4.7.0 too many");
            assertThat(open(Resolver.system(), plain(server.port())).toString())
                    .startsWith("Refused[stage=GREETING, reply=554 5.7.1 no");
            server.awaitEnd();
        }
    }

    @Test
    void whoIsNotLetInSaysGoodbye() {
        var script =
                """
                S: 220 mx.test
                C: EHLO client.test
                S: 550 5.7.1 go away
                C: QUIT
                """;
        try (var server = ScriptedServer.play(script)) {
            assertThat(open(Resolver.system(), plain(server.port())))
                    .isInstanceOf(Opening.Refused.class);
            server.awaitEnd();
        }
    }

    @Test
    void anObserverHearsOfEveryOpeningAndClosing() {
        var heard = new ArrayList<String>();
        Observer observer =
                new Observer() {
                    @Override
                    public void opened(Session session) {
                        heard.add("opened " + session.server().host());
                    }

                    @Override
                    public void failed(Server server, Opening.Failed failed) {
                        heard.add("failed " + failed.getClass().getSimpleName());
                    }

                    @Override
                    public void closed(Session session, String reason) {
                        heard.add("closed: " + reason);
                    }
                };
        try (var sink = Sink.start(SinkOptions.standard())) {
            var connector = new Connector(Resolver.system(), observer, new Quirks());
            Opening opening = connector.open(plain(sink.port()), new Credentials.None());
            try (var connection = ((Opening.Open) opening).connection()) {
                connection.send(Fixtures.message("to@b.test"));
            }
            connector.open(plain(1), new Credentials.None());
        }
        assertThat(heard).containsExactly("opened 127.0.0.1", "closed: done", "failed Unreachable");
    }
}
