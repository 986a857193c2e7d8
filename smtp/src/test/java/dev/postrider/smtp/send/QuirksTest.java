package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.messages;
import static dev.postrider.smtp.Fixtures.notBegun;
import static dev.postrider.smtp.Fixtures.plain;
import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.wire.Timeouts;
import dev.postrider.testkit.script.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that announce what they don't have: found out without a risk, and remembered. */
class QuirksTest {
    private static final String CHUNKING =
            """
            S: 220 mx.test ESMTP
            C: EHLO client.test
            S: 250-mx.test
            S: 250-PIPELINING
            S: 250 CHUNKING
            """;

    private static final String PIPELINING =
            """
            S: 220 mx.test ESMTP
            C: EHLO client.test
            S: 250-mx.test
            S: 250 PIPELINING
            """;

    private static final String ENVELOPE =
            """
            C: MAIL FROM:<from@a.test>
            C: RCPT TO:<to0@b.test>
            -- wait
            S: 250 ok
            S: 250 ok
            """;

    private static final String FIRST_LINE =
            """
            C: BDAT 13
            C: Subject: hi
            """;

    private static final String BY_DATA =
            """
            C: MAIL FROM:<from@a.test>
            C: RCPT TO:<to0@b.test>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            C: Subject: hi
            C:
            C: hi
            C: .
            S: 250 taken
            """;

    private final Quirks quirks = new Quirks();
    private final Connector connector = new Connector(Resolver.system(), Observer.NONE, quirks);

    private Connection connect(int port) {
        return connect(plain(port));
    }

    private Connection connect(Server server) {
        Opening opening = connector.open(server, new Credentials.None());
        assertThat(opening).isInstanceOf(Opening.Open.class);
        return ((Opening.Open) opening).connection();
    }

    private void taken(int port) {
        var connection = connect(port);
        assertThat(settled(connection.send(message("to0@b.test"))).accepted()).isTrue();
        connection.cut();
    }

    @Test
    void theFirstChunkToAServerIsTheFirstLineAlone() {
        var script =
                CHUNKING
                        + ENVELOPE
                        + FIRST_LINE
                        + """
                        -- wait
                        S: 250 ok
                        C: BDAT 6 LAST
                        C:
                        C: hi
                        S: 250 taken
                        """;
        try (var server = ScriptedServer.play(script)) {
            taken(server.port());
            server.awaitEnd();
            assertThat(quirks.isWorking(plain(server.port()), Quirks.CHUNKING)).isTrue();
        }
    }

    @Test
    void aServerThatDoesNotKnowBdatGetsDataOverANewConnection() {
        for (String answer :
                List.of("S: 500 What?\n", "S: 502 5.5.1 No\n", "S: 503 5.5.1 No\n", "-- close\n")) {
            try (var server =
                    ScriptedServer.play(
                            CHUNKING + ENVELOPE + FIRST_LINE + answer, CHUNKING + BY_DATA)) {
                assertThat(notBegun(connect(server.port()).send(message("to0@b.test"))).cause())
                        .isInstanceOf(Cause.Misannounced.class);
                taken(server.port());
                server.awaitEnd();
            }
        }
    }

    /** One may have been taken; the next one goes another way. */
    @Test
    void aServerThatHangsUpOnTheLastChunkGetsDataForTheNextMessage() {
        var script =
                CHUNKING
                        + ENVELOPE
                        + FIRST_LINE
                        + """
                        -- wait
                        S: 250 ok
                        C: BDAT 6 LAST
                        C:
                        C: hi
                        -- close
                        """;
        try (var server = ScriptedServer.play(script, CHUNKING + BY_DATA)) {
            assertThat(connect(server.port()).send(message("to0@b.test")))
                    .isInstanceOf(Result.Unknown.class);
            taken(server.port());
            server.awaitEnd();
        }
    }

    @Test
    void aServerThatDropsWhatComesBehindMailGetsOneCommandAtATime() {
        var lockstep =
                PIPELINING
                        + """
                        C: MAIL FROM:<from@a.test>
                        -- wait
                        S: 250 ok
                        C: RCPT TO:<to0@b.test>
                        -- wait
                        S: 250 ok
                        C: DATA
                        -- wait
                        S: 354 go
                        C: Subject: hi
                        C:
                        C: hi
                        C: .
                        S: 250 taken
                        """;
        var dropping =
                PIPELINING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to0@b.test>
                        C: DATA
                        S: 250 ok
                        -- silence
                        """;
        try (var server = ScriptedServer.play(dropping, lockstep)) {
            var brief = plain(server.port()).withTimeouts(Timeouts.all(Duration.ofSeconds(2)));
            assertThat(notBegun(connect(brief).send(message("to0@b.test"))).cause())
                    .isInstanceOf(Cause.Misannounced.class);
            taken(server.port());
        }
    }

    /** Haraka says 503; Exim and others speak of synchronization. */
    @ParameterizedTest
    @ValueSource(strings = {"503 5.5.1 Too early", "554 SMTP synchronization error"})
    void aServerThatRefusesTheEnvelopeBehindTheContentGetsItAgainByItself(String refusal) {
        var script =
                PIPELINING
                        + BY_DATA.replace("S: 250 taken\n", "")
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        S: 250 taken
                        S: REFUSAL
                        S: REFUSAL
                        S: REFUSAL
                        """
                                .replace("REFUSAL", refusal)
                        + BY_DATA.replace("to0", "to1");
        try (var server = ScriptedServer.play(script)) {
            var connection = connect(server.port());
            assertThat(connection.send(messages(2), SendOptions.STANDARD))
                    .allSatisfy(result -> assertThat(settled(result).accepted()).isTrue());
            connection.cut();
            server.awaitEnd();
            assertThat(quirks.failing(plain(server.port())))
                    .containsExactly(Quirks.ENVELOPE_BEHIND_CONTENT);
        }
    }

    @Test
    void aServerThatHangsUpOnTheEnvelopeBehindTheContentHasNotRefusedIt() {
        var script =
                PIPELINING
                        + BY_DATA.replace("S: 250 taken\n", "")
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        S: 250 taken
                        S: 554 SMTP synchronization error
                        -- close
                        """;
        try (var server = ScriptedServer.play(script)) {
            var results = connect(server.port()).send(messages(2), SendOptions.STANDARD);
            assertThat(settled(results.getFirst()).accepted()).isTrue();
            assertThat(results.getLast()).isInstanceOf(Result.NotBegun.class);
            assertThat(quirks.failing(plain(server.port())))
                    .containsExactly(Quirks.ENVELOPE_BEHIND_CONTENT);
        }
    }

    @Test
    void aServerThatDropsTheEnvelopeBehindTheContentIsNotAwaitedForLong() {
        var script =
                PIPELINING
                        + BY_DATA.replace("S: 250 taken\n", "")
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        S: 250 taken
                        -- silence
                        """;
        try (var server = ScriptedServer.play(script)) {
            var dropping = plain(server.port());
            var open = (Opening.Open) connector.open(dropping, new Credentials.None());
            List<Result> results = open.connection().send(messages(2), SendOptions.STANDARD);
            assertThat(settled(results.getFirst()).accepted()).isTrue();
            assertThat(notBegun(results.getLast()).cause()).isInstanceOf(Cause.Misannounced.class);
            assertThat(quirks.failing(dropping)).containsExactly(Quirks.ENVELOPE_BEHIND_CONTENT);
        }
    }

    @Test
    void aServerThatWasMendedIsUsedToTheFullAfterADay() {
        var clock = new AtomicLong();
        var known = new Quirks(clock::get);
        known.fails(plain(25), Quirks.CHUNKING);
        assertThat(known.failing(plain(25))).containsExactly(Quirks.CHUNKING);
        assertThat(known.failing(plain(26))).isEmpty();
        clock.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(known.failing(plain(25))).isEmpty();
    }
}
