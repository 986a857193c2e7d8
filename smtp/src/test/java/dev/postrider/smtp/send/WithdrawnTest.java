package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.messages;
import static dev.postrider.smtp.Fixtures.notBegun;
import static dev.postrider.smtp.Fixtures.settled;
import static dev.postrider.smtp.Fixtures.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that its caller takes back at the last moment. */
class WithdrawnTest {
    private static final String CHUNK =
            """
            C: MAIL FROM:<from@a.test>
            C: RCPT TO:<to1@b.test>
            C: BDAT 19 LAST
            C: Subject: hi
            C:
            C: hi
            """;

    @Test
    void aMessageThatIsWithdrawnAfterDataIsNeverEnded() {
        var script =
                greeting("PIPELINING")
                        + """
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to0@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        """;
        talk(
                script,
                connection -> {
                    var asked = new ArrayList<Message>();
                    List<Message> both = messages(2);
                    List<Result> results =
                            connection.send(
                                    both,
                                    SendOptions.STANDARD.withBegin(message -> {
                                        asked.add(message);
                                        return false;
                                    }));
                    assertThat(asked).containsExactly(both.getFirst());
                    assertThat(results).allMatch(Result.NotBegun.class::isInstance);
                });
    }

    @Test
    void aWithdrawnMessageCostsNothing() {
        var script =
                greeting("PIPELINING", "CHUNKING")
                        + CHUNK
                        + """
                        S: 250 ok
                        S: 250 ok
                        S: 250 2.0.0 taken
                        C: QUIT
                        S: 221 bye
                        """;
        talk(
                script,
                connection -> {
                    List<Message> both = messages(2);
                    List<Result> results =
                            connection.send(
                                    both,
                                    SendOptions.STANDARD.withBegin(
                                            message -> message.equals(both.getLast())));
                    assertThat(notBegun(results.getFirst()).cause())
                            .isInstanceOf(Cause.Withdrawn.class);
                    assertThat(settled(results.getLast()).accepted()).isTrue();
                    connection.close();
                });
    }

    @Test
    void anExceptionOfTheCallerWithdrawsThatMessageAlone() {
        var script =
                greeting("PIPELINING", "CHUNKING")
                        + CHUNK
                        + """
                        S: 250 ok
                        S: 250 ok
                        S: 250 2.0.0 taken
                        """;
        talk(
                script,
                connection -> {
                    List<Message> both = messages(2);
                    List<Result> results =
                            connection.send(
                                    both,
                                    SendOptions.STANDARD.withBegin(message -> {
                                        if (message.equals(both.getFirst())) {
                                            throw new IllegalStateException("no database");
                                        }
                                        return true;
                                    }));
                    assertThat(results.getFirst())
                            .isInstanceOfSatisfying(
                                    Result.NotBegun.class,
                                    result ->
                                            assertThat(result.cause().detail())
                                                    .contains("no database"));
                    assertThat(settled(results.getLast()).accepted()).isTrue();
                });
    }
}
