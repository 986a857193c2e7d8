package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.deciding;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.reply.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server without PIPELINING gets one command at a time (RFC 5321 section 3.3). */
class LockstepTest {

    private static final String OPENING =
            """
            S: 220 mx.test ESMTP
            C: EHLO client.test
            S: 250 mx.test
            """;

    @Test
    void eachCommandWaitsForItsReply() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        -- wait
                        S: 250 ok
                        C: RCPT TO:<to@b.test>
                        -- wait
                        S: 250 ok
                        C: DATA
                        -- wait
                        S: 354 go
                        C: Subject: hi
                        C:
                        C: hi
                        C: .
                        -- wait
                        S: 250 2.0.0 taken
                        C: QUIT
                        S: 221 bye
                        """;
        talk(
                script,
                connection -> {
                    Result.Settled result = settled(connection.send(message("to@b.test")));
                    assertThat(result.accepted()).isTrue();
                    assertThat(result.reply()).hasToString("250 2.0.0 taken");
                    connection.close();
                });
    }

    @Test
    void aRefusedSenderEndsTheMessageAtOnce() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        S: 550 5.7.1 not you
                        C: MAIL FROM:<from@a.test>
                        S: 250 ok
                        C: RCPT TO:<other@b.test>
                        S: 250 ok
                        C: DATA
                        S: 354 go
                        C: Subject: hi
                        C:
                        C: hi
                        C: .
                        S: 250 ok
                        """;
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(
                                    List.of(message("to@b.test"), message("other@b.test")),
                                    SendOptions.STANDARD);
                    assertThat(deciding(results.getFirst()))
                            .containsExactly("MAIL 550 5.7.1 not you");
                    assertThat(settled(results.getLast()).accepted()).isTrue();
                });
    }

    @Test
    void whenEveryRecipientIsRefusedNoContentLeavesAndTheNextMessageStartsAfresh() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        S: 250 ok
                        C: RCPT TO:<one@b.test>
                        S: 550 5.1.1 nobody
                        C: RCPT TO:<two@b.test>
                        S: 450 4.2.1 later
                        C: RSET
                        S: 250 ok
                        C: MAIL FROM:<from@a.test>
                        S: 250 ok
                        C: RCPT TO:<to@b.test>
                        S: 250 ok
                        C: DATA
                        S: 354 go
                        C: Subject: hi
                        C:
                        C: hi
                        C: .
                        S: 250 ok
                        """;
        talk(
                script,
                connection -> {
                    Result first =
                            connection.send(message("Subject: hi\r\n", "one@b.test", "two@b.test"));
                    assertThat(deciding(first))
                            .containsExactly("RCPT 550 5.1.1 nobody", "RCPT 450 4.2.1 later");
                    assertThat(settled(first).stage()).isEqualTo(Stage.RCPT);
                    assertThat(settled(connection.send(message("to@b.test"))).accepted()).isTrue();
                });
    }

    @Test
    void refusedDataIsResetBeforeTheNextMessage() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        S: 250 ok
                        C: RCPT TO:<to@b.test>
                        S: 250 ok
                        C: DATA
                        S: 451 4.3.0 no room
                        C: RSET
                        S: 250 ok
                        C: MAIL FROM:<from@a.test>
                        S: 550 no
                        """;
        talk(
                script,
                connection -> {
                    assertThat(deciding(connection.send(message("to@b.test"))))
                            .containsExactly("DATA 451 4.3.0 no room");
                    connection.send(message("to@b.test"));
                });
    }

    @Test
    void aServerThatKnowsNoEhloGetsHelo() {
        var script =
                """
                S: 220 old.test
                C: EHLO client.test
                S: 502 what
                C: HELO client.test
                S: 250 old.test
                C: NOOP
                S: 250 ok
                """;
        talk(
                script,
                connection -> {
                    assertThat(connection.session().capabilities().extensions()).isEmpty();
                    assertThat(connection.isAlive()).isTrue();
                });
    }
}
