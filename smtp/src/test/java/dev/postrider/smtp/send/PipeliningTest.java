package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.deciding;
import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.messages;
import static dev.postrider.smtp.Fixtures.notBegun;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.testkit.script.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PIPELINING with DATA (RFC 2920): one round trip a message. */
class PipeliningTest {

    private static final String OPENING = greeting("PIPELINING");

    private static final String CONTENT =
            """
            C: Subject: hi
            C:
            C: hi
            C: .
            """;

    @Test
    void theNextEnvelopeLeavesWithTheEndOfTheMessageBefore() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to0@b.test>
                        C: DATA
                        -- wait
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """
                        + CONTENT
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        S: 250 first
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """
                        + CONTENT
                        + """
                        -- wait
                        S: 250 second
                        C: QUIT
                        S: 221 bye
                        """;
        talk(
                script,
                connection -> {
                    assertThat(connection.send(messages(2), SendOptions.STANDARD))
                            .extracting(result -> settled(result).reply().text())
                            .containsExactly("first", "second");
                    connection.close();
                });
    }

    @Test
    void eachRecipientKeepsItsOwnReply() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<one@b.test>
                        C: RCPT TO:<two@b.test>
                        C: RCPT TO:<three@b.test>
                        C: DATA
                        S: 250 ok
                        S: 550 5.1.1 nobody
                        S: 250 ok
                        S: 452 4.5.3 too many
                        S: 354 go
                        C: hi
                        C: .
                        S: 250 2.0.0 taken
                        """;
        talk(
                script,
                connection -> {
                    Result result =
                            connection.send(
                                    message("hi\r\n", "one@b.test", "two@b.test", "three@b.test"));
                    assertThat(deciding(result))
                            .containsExactly(
                                    "RCPT 550 5.1.1 nobody",
                                    "END_OF_DATA 250 2.0.0 taken",
                                    "RCPT 452 4.5.3 too many");
                    assertThat(settled(result).accepted()).isTrue();
                });
    }

    @Test
    void aRefusedSenderDecidesWhateverTheRestOfTheGroupIsTold() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 553 5.1.8 unknown sender
                        S: 503 5.5.1 no sender
                        S: 503 5.5.1 no sender
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<next@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """
                        + CONTENT
                        + "S: 250 ok\n";
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(
                                    List.of(message("to@b.test"), message("next@b.test")),
                                    SendOptions.STANDARD);
                    assertThat(deciding(results.getFirst()))
                            .containsExactly("MAIL 553 5.1.8 unknown sender");
                    assertThat(settled(results.getLast()).accepted()).isTrue();
                });
    }

    @Test
    void aServerThatWantsContentForNobodyGetsALoneDot() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 250 ok
                        S: 550 5.1.1 nobody
                        S: 354 go
                        C: .
                        -- wait
                        S: 554 5.5.1 no valid recipients
                        C: QUIT
                        S: 221 bye
                        """;
        talk(
                script,
                connection -> {
                    assertThat(deciding(connection.send(message("to@b.test"))))
                            .containsExactly("RCPT 550 5.1.1 nobody");
                    connection.close();
                });
    }

    @Test
    void aServerThatWantsContentAfterRefusingTheSenderIsLeft() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 550 5.7.1 not you
                        S: 250 ok
                        S: 354 go
                        """;
        talk(
                script,
                connection -> {
                    assertThat(deciding(connection.send(message("to@b.test"))))
                            .containsExactly("MAIL 550 5.7.1 not you");
                    assertThat(connection.isUsable()).isFalse();
                });
    }

    @Test
    void aGoodbyeTellsWhichMessagesAreSafe() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to0@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """
                        + CONTENT
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        S: 250 first
                        S: 421 4.3.2 going down
                        -- close
                        """;
        talk(
                script,
                connection -> {
                    List<Result> results = connection.send(messages(3), SendOptions.STANDARD);
                    assertThat(settled(results.get(0)).accepted()).isTrue();
                    assertThat(results.subList(1, 3))
                            .allSatisfy(result ->
                                    assertThat(result)
                                            .asString()
                                            .startsWith(
                                                    "NotBegun[cause=Closing[reply=421 4.3.2 going"));
                });
    }

    @Test
    void aConnectionThatDiesAfterTheDotLeavesOnlyThatMessageUnknown() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to0@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """
                        + CONTENT
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to1@b.test>
                        C: DATA
                        -- reset
                        """;
        talk(
                script,
                connection -> {
                    List<Result> results = connection.send(messages(3), SendOptions.STANDARD);
                    assertThat(results.get(0)).isInstanceOf(Result.Unknown.class);
                    assertThat(results.subList(1, 3)).allMatch(Result.NotBegun.class::isInstance);
                });
    }

    @Test
    void aServerThatSpeaksUnaskedIsNotMisunderstood() {
        var script =
                OPENING
                        + """
                        C: NOOP
                        S: 250 ok
                        S: 250 and one more
                        """;
        talk(
                script,
                connection -> {
                    assertThat(connection.isAlive()).isTrue();
                    assertThat(notBegun(connection.send(message("to@b.test"))).cause())
                            .isInstanceOf(Cause.Broken.class);
                });
    }

    @Test
    void aDisregardedExtensionIsNotUsed() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        -- wait
                        S: 550 no
                        """;
        try (var server = ScriptedServer.play(script)) {
            var connection =
                    connect(
                            Fixtures.plain(server.port()).disregarding("pipelining"),
                            new Credentials.None(),
                            null);
            connection.send(message("to@b.test"));
            connection.cut();
            server.awaitEnd();
        }
    }
}
