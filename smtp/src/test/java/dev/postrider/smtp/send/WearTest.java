package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.messages;
import static dev.postrider.smtp.Fixtures.notBegun;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.reply.Stage;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection is left before its server loses patience, and what is said of it blames nobody. */
class WearTest {
    private static final String OPENING = greeting("PIPELINING");

    private static final Behaviour KNOWS_NOBODY =
            new Behaviour() {
                @Override
                public String recipient(String address) {
                    return "550 5.1.1 nobody";
                }
            };

    @Test
    void afterSoManyRefusalsTheRestIsLeftForAnotherConnection() {
        for (var extensions :
                List.of(
                        new String[0],
                        new String[] {"PIPELINING"},
                        new String[] {"PIPELINING", "CHUNKING"})) {
            try (var sink =
                    Sink.start(
                            SinkOptions.standard().announcing(extensions).behaving(KNOWS_NOBODY))) {
                var connection = connect(sink.port());
                List<Result> results =
                        connection.send(messages(12), SendOptions.STANDARD.withDepth(4));
                long refused = results.stream().filter(Result.Settled.class::isInstance).count();
                assertThat(refused).as("%s", List.of(extensions)).isBetween(4L, 8L);
                assertThat(notBegun(results.getLast()).cause()).isInstanceOf(Cause.Worn.class);
                assertThat(connection.isUsable()).isFalse();
                connection.close();
            }
        }
    }

    @Test
    void aMessageThatIsTakenBringsPatienceBack() {
        Behaviour knowsSome =
                new Behaviour() {
                    @Override
                    public String recipient(String address) {
                        return address.startsWith("to0") ? "250 ok" : "550 5.1.1 nobody";
                    }
                };
        try (var sink = Sink.start(SinkOptions.standard().announcing().behaving(knowsSome))) {
            var connection = connect(sink.port());
            for (int i = 0; i < 40; i++) {
                connection.send(
                        message("hi\r\n", "to0@b.test", "to1@b.test", "to2@b.test", "to3@b.test"));
            }
            assertThat(sink.messages()).isEqualTo(40);
            assertThat(connection.isUsable()).isTrue();
            connection.close();
        }
    }

    @Test
    void recipientsRefusedBeforeAServerBreaksOffKeepTheirReplies() {
        for (String end :
                List.of("S: 421 4.7.0 Error: too many errors\n-- close\n", "-- close\n")) {
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
                            """
                            + end;
            talk(
                    script,
                    connection -> {
                        assertThat(
                                        connection.send(
                                                message(
                                                        "hi\r\n",
                                                        "one@b.test",
                                                        "two@b.test",
                                                        "three@b.test")))
                                .isInstanceOfSatisfying(
                                        Result.NotBegun.class,
                                        result ->
                                                assertThat(result.refused())
                                                        .extracting(
                                                                one -> one.recipient().address())
                                                        .containsExactly("one@b.test"));
                    });
        }
    }

    @Test
    void aRefusedResetThatEndsTheConnectionMakesNothingUnknown() {
        var script =
                """
                S: 220 mx.test ESMTP
                C: EHLO client.test
                S: 250-mx.test
                S: 250-PIPELINING
                S: 250 CHUNKING
                C: MAIL FROM:<from@a.test>
                C: RCPT TO:<to0@b.test>
                C: BDAT 19 LAST
                C: Subject: hi
                C:
                C: hi
                C: RSET
                C: MAIL FROM:<from@a.test>
                C: RCPT TO:<to1@b.test>
                C: BDAT 19 LAST
                C: Subject: hi
                C:
                C: hi
                S: 250 ok
                S: 550 5.1.1 nobody
                S: 554 no valid recipients
                S: 554 Too many nonmail commands
                -- close
                """;
        talk(
                script,
                connection -> {
                    List<Result> results =
                            connection.send(messages(2), SendOptions.STANDARD.withDepth(2));
                    assertThat(notBegun(results.getLast()).cause())
                            .isInstanceOf(Cause.Closing.class);
                });
    }

    @Test
    void notNowIsAboutTheMessageOnAFreshConnectionAndAboutTheConnectionOnAUsedOne() {
        var script =
                OPENING
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 451 4.3.0 busy
                        S: 503 no
                        S: 503 no
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        C: Subject: hi
                        C:
                        C: hi
                        C: .
                        S: 250 taken
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 451 4.3.0 enough
                        S: 503 no
                        S: 503 no
                        """;
        talk(
                script,
                connection -> {
                    assertThat(settled(connection.send(message("to@b.test"))).stage())
                            .isEqualTo(Stage.MAIL);
                    assertThat(settled(connection.send(message("to@b.test"))).accepted()).isTrue();
                    assertThat(notBegun(connection.send(message("to@b.test"))).cause())
                            .isInstanceOf(Cause.Worn.class);
                    assertThat(connection.isUsable()).isFalse();
                });
    }
}
