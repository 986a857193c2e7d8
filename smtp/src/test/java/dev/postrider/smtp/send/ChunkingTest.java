package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.deciding;
import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.messages;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Message;
import dev.postrider.testkit.script.ScriptedServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** CHUNKING with PIPELINING (RFC 3030): less than one round trip a message. */
class ChunkingTest {

    private static final String OPENING = greeting("PIPELINING", "CHUNKING");

    private static String transaction(String recipient) {
        return """
        C: MAIL FROM:<from@a.test>
        C: RCPT TO:<%s>
        C: BDAT 19 LAST
        C: Subject: hi
        C:
        C: hi
        """
                .formatted(recipient);
    }

    @Test
    void aMessageLeavesWholeWithItsEnvelope() {
        var script =
                OPENING
                        + transaction("to@b.test")
                        + """
                        -- wait
                        S: 250 ok
                        S: 250 ok
                        S: 250 2.0.0 taken
                        C: QUIT
                        S: 221 bye
                        """;
        talk(
                script,
                connection -> {
                    assertThat(settled(connection.send(message("to@b.test"))).accepted()).isTrue();
                    connection.close();
                });
    }

    @Test
    void afterARestTheEnvelopeGoesAheadSoThatAServerThatLeftMakesNothingUnknown() {
        var clock = new AtomicLong();
        var script =
                OPENING
                        + transaction("to0@b.test")
                        + """
                        S: 250 ok
                        S: 250 ok
                        S: 250 2.0.0 taken
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        -- wait
                        S: 250 ok
                        S: 250 ok
                        C: BDAT 19 LAST
                        C: Subject: hi
                        C:
                        C: hi
                        S: 250 2.0.0 taken
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to2@b.test>
                        -- reset
                        """;
        try (var server = ScriptedServer.play(script)) {
            var connector =
                    new Connector(
                            Resolver.system(),
                            Observer.NONE,
                            Fixtures.proven(Fixtures.plain(server.port())),
                            clock::get);
            var opening = connector.open(Fixtures.plain(server.port()), new Credentials.None());
            var connection = ((Opening.Open) opening).connection();
            List<Message> three = messages(3);
            assertThat(settled(connection.send(three.get(0))).accepted()).isTrue();
            clock.addAndGet(1_000_000_000);
            assertThat(settled(connection.send(three.get(1))).accepted()).isTrue();
            clock.addAndGet(1_000_000_000);
            assertThat(connection.send(three.get(2))).isInstanceOf(Result.NotBegun.class);
            server.awaitEnd();
        }
    }

    @Test
    void dotsAreNotStuffed() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: BDAT 12 LAST
                        C: .
                        C: ..
                        C: .hi
                        S: 250 ok
                        S: 250 ok
                        S: 250 ok
                        """;
        talk(
                script,
                connection -> {
                    connection.send(message(".\r\n..\r\n.hi\r\n", "to@b.test"));
                });
    }

    @Test
    void asManyMessagesAreUnderWayAsTheCallerAllows() {
        var script =
                OPENING
                        + transaction("to0@b.test")
                        + "C: RSET\n"
                        + transaction("to1@b.test")
                        + """
                        -- wait
                        S: 250 ok
                        S: 250 ok
                        S: 250 first
                        S: 250 reset
                        S: 250 ok
                        S: 250 ok
                        S: 250 second
                        """
                        + transaction("to2@b.test")
                        + """
                        S: 250 ok
                        S: 250 ok
                        S: 250 third
                        """;
        talk(
                script,
                connection -> {
                    assertThat(connection.send(messages(3), SendOptions.STANDARD.withDepth(2)))
                            .extracting(result -> settled(result).reply().text())
                            .containsExactly("first", "second", "third");
                });
    }

    @Test
    void whatBecomesOfOneMessageDoesNotTouchTheNext() {
        var script =
                OPENING
                        + transaction("to0@b.test")
                        + "C: RSET\n"
                        + transaction("to1@b.test")
                        + "C: RSET\n"
                        + transaction("to2@b.test")
                        + """
                        S: 250 ok
                        S: 550 5.1.1 nobody
                        S: 554 5.5.1 no valid recipients
                        S: 250 reset
                        S: 550 5.7.1 not you
                        S: 503 5.5.1 no sender
                        S: 503 5.5.1 no sender
                        S: 250 reset
                        S: 250 ok
                        S: 250 ok
                        S: 250 2.0.0 taken
                        """;
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(messages(3), SendOptions.STANDARD.withDepth(3));
                    assertThat(deciding(results.get(0))).containsExactly("RCPT 550 5.1.1 nobody");
                    assertThat(deciding(results.get(1))).containsExactly("MAIL 550 5.7.1 not you");
                    assertThat(deciding(results.get(2)))
                            .containsExactly("END_OF_DATA 250 2.0.0 taken");
                });
    }

    @Test
    void aDeadConnectionLeavesWhatWasSentUnknownAndTheRestSafe() {
        var script =
                OPENING
                        + transaction("to0@b.test")
                        + "C: RSET\n"
                        + transaction("to1@b.test")
                        + "C: RSET\n"
                        + transaction("to2@b.test")
                        + """
                        S: 250 ok
                        S: 250 ok
                        S: 250 first
                        S: 250 reset
                        S: 250 ok
                        S: 550 5.1.1 nobody
                        -- close
                        """;
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(messages(5), SendOptions.STANDARD.withDepth(3));
                    assertThat(settled(results.get(0)).accepted()).isTrue();
                    assertThat(deciding(results.get(1))).containsExactly("RCPT 550 5.1.1 nobody");
                    assertThat(results.get(2)).isInstanceOf(Result.Unknown.class);
                    assertThat(results.subList(4, 5)).allMatch(Result.NotBegun.class::isInstance);
                });
    }

    @Test
    void aServerThatTakesContentOfARefusedSenderIsNotBelieved() {
        var script =
                OPENING
                        + transaction("to@b.test")
                        + """
                        S: 550 5.7.1 not you
                        S: 250 ok
                        S: 250 ok
                        """;
        talk(
                script,
                connection -> {
                    assertThat(connection.send(message("to@b.test")))
                            .isInstanceOfSatisfying(
                                    Result.Unknown.class,
                                    result ->
                                            assertThat(result.cause())
                                                    .isInstanceOf(Cause.Broken.class));
                    assertThat(connection.isUsable()).isFalse();
                });
    }
}
