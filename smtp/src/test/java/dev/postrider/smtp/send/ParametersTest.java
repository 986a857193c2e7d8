package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.ascii;
import static dev.postrider.smtp.Fixtures.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.message.Notify;
import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.message.Returned;
import dev.postrider.testkit.script.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parameters of MAIL and RCPT, and what becomes of a message that the server can't take. */
class ParametersTest {

    /**
     * Sends to a server with these extensions, which must see these commands, and refuses the
     * sender.
     */
    private static Result sent(Message message, String extensions, String... commands) {
        var script =
                new StringBuilder(
                        "S: 220 mx.test\nC: EHLO client.test\nS: 250-mx.test\nS: 250-PIPELINING\n");
        for (String extension : extensions.split(", ", -1)) {
            script.append("S: 250-").append(extension).append('\n');
        }
        script.append("S: 250 X-LAST\n");
        for (String command : commands) {
            script.append("C: ").append(command).append('\n');
        }
        if (commands.length > 0) {
            script.append("C: DATA\nS: 550 no\n");
            script.append("S: 503 no\n".repeat(commands.length));
        }
        try (var server = ScriptedServer.play(script.toString())) {
            var connection = connect(server.port());
            Result result = connection.send(message);
            connection.cut();
            server.awaitEnd();
            return result;
        }
    }

    private static final Content PLAIN = Content.of(ascii("hi\r\n"));
    private static final Content UMLAUT = Content.of("hü\r\n".getBytes(StandardCharsets.UTF_8));

    @Test
    void sizeAndBodyAreDeclaredWhereTheyAreAnnounced() {
        var envelope = Envelope.of("a@b.test", "c@d.test");
        sent(
                new Message(envelope, UMLAUT),
                "SIZE 100, 8BITMIME",
                "MAIL FROM:<a@b.test> SIZE=5 BODY=8BITMIME",
                "RCPT TO:<c@d.test>");
        sent(
                new Message(envelope, PLAIN),
                "SIZE, 8BITMIME",
                "MAIL FROM:<a@b.test> SIZE=4",
                "RCPT TO:<c@d.test>");
        sent(new Message(envelope, PLAIN), "X", "MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>");
    }

    @Test
    void theNullSenderIsWrittenEmpty() {
        sent(
                new Message(Envelope.of("", "c@d.test"), PLAIN),
                "X",
                "MAIL FROM:<>",
                "RCPT TO:<c@d.test>");
    }

    @Test
    void internationalAddressesAskForSmtputf8() {
        sent(
                new Message(Envelope.of("用户@例子.test", "c@d.test"), PLAIN),
                "SMTPUTF8, 8BITMIME",
                "MAIL FROM:<用户@例子.test> SMTPUTF8",
                "RCPT TO:<c@d.test>");
    }

    @Test
    void deliveryStatusIsAskedForInItsEncoding() {
        var recipient =
                new Recipient(
                        "c@d.test",
                        Set.of(Notify.DELAY, Notify.SUCCESS, Notify.FAILURE),
                        "c+x=y@d.test");
        var envelope =
                new Envelope(
                        "a@b.test", List.of(recipient), false, false, Returned.HEADERS, "id+1 = 2");
        sent(
                new Message(envelope, PLAIN),
                "DSN",
                "MAIL FROM:<a@b.test> RET=HDRS ENVID=id+2B1+20+3D+202",
                "RCPT TO:<c@d.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;c+2Bx+3Dy@d.test");
        sent(new Message(envelope, PLAIN), "X", "MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>");
    }

    @Test
    void anInternationalOriginalRecipientIsEscaped() {
        var recipient = new Recipient("c@d.test", Set.of(Notify.NEVER), "ü+\\@d.test");
        sent(
                new Message(
                        new Envelope(
                                "a@b.test", List.of(recipient), false, false, Returned.FULL, null),
                        PLAIN),
                "DSN",
                "MAIL FROM:<a@b.test> RET=FULL",
                "RCPT TO:<c@d.test> NOTIFY=NEVER ORCPT=utf-8;\\x{FC}\\x{2B}\\x{5C}@d.test");
    }

    @Test
    void neverStandsAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Recipient("c@d.test", Set.of(Notify.NEVER, Notify.DELAY), null));
    }

    @Test
    void whatTheServerCannotTakeIsNeverSentDamaged() {
        var ordinary = Envelope.of("a@b.test", "c@d.test");
        assertThat(sent(new Message(ordinary, UMLAUT), "SMTPUTF8"))
                .isEqualTo(new Result.NotBegun(new Cause.Unsupported("8BITMIME")));
        assertThat(
                        sent(
                                new Message(
                                        new Envelope(
                                                "a@b.test",
                                                List.of(Recipient.of("c@d.test")),
                                                true,
                                                false,
                                                null,
                                                null),
                                        PLAIN),
                                "8BITMIME"))
                .isEqualTo(new Result.NotBegun(new Cause.Unsupported("SMTPUTF8")));
        assertThat(sent(new Message(Envelope.of("a@b.test", "ü@d.test"), PLAIN), "8BITMIME"))
                .isEqualTo(new Result.NotBegun(new Cause.Unsupported("SMTPUTF8")));
        assertThat(sent(new Message(ordinary, PLAIN), "SIZE 3"))
                .isEqualTo(new Result.NotBegun(new Cause.TooLarge(4, 3)));
    }
}
