package dev.postrider.transport.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postrider.email.ServerReply;
import dev.postrider.transport.smtp.reply.ReplyRules.Meaning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyRulesTest {
    private final ReplyRules rules = ReplyRules.load();

    /** As the providers write them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    421 | 4.3.0   | retry        | Temporary System Problem. Try again later
                    421 | 4.4.5   | retry        | Server busy, try again later
                    421 | 4.7.0   | retry        | IP not in whitelist for RCPT domain, closing connection
                    450 | 4.2.1   | retry        | The user is receiving mail too quickly
                    451 | 4.3.0   | retry        | Mail server temporarily rejected message
                    451 | 4.4.2   | retry        | Timeout - closing connection
                    451 | 4.5.0   | retry        | SMTP protocol violation
                    452 | 4.2.2   | retry        | The recipient's inbox is out of storage
                    452 | 4.5.3   | next         | Your message has too many recipients
                    452 |         | next         | Too many recipients
                    552 |         | next         | Error: too many recipients
                    421 | 4.7.0   | retry        | mx.test Error: too many errors
                    421 | 4.7.0   | retry        | Error: too many connections from 192.0.2.1
                    554 |         | retry        | Too many nonmail commands
                    421 |         | retry        | too many messages in one connection
                    553 | 5.7.1   | sender       | <a@b.test>: Sender address rejected: not owned by user c
                    450 | 4.1.8   | sender       | <a@b.test>: Sender address rejected: Domain not found
                    503 | 5.5.1   | retry        | Bad sequence of commands
                    503 |         | retry        | Need RCPT first
                    454 | 4.7.0   | throttle 30m | Too many login attempts, please try again later
                    454 | 4.7.0   | retry        | TLS not available due to local problem
                    432 | 4.3.2   | throttle 1m  | Concurrent connections limit exceeded
                    554 | 4.3.2   | throttle 1m  | STOREDRV.ClientSubmit; sender thread limit exceeded
                    430 | 4.3.2   | throttle 1m  | STOREDRV.ClientSubmit; sender thread limit exceeded
                    421 | 4.3.2   | retry        | Service not active
                    421 | 4.7.0   | throttle 5m  | Too many messages from this address
                    550 | 5.4.5   | throttle 60m | Daily user sending limit exceeded
                    554 | 5.2.0   | throttle 60m | STOREDRV.Submission.Exception:SubmissionQuotaExceededException
                    554 | 5.2.0   | final        | STOREDRV.Deliver; delivery failed
                    550 | 5.7.232 | throttle 60m | Your message can't be sent: tenant limit
                    550 | 5.7.233 | throttle 60m | Your message can't be sent: trial tenant limit
                    535 | 5.7.8   | hold         | Username and Password not accepted
                    535 | 5.7.3   | hold         | Authentication unsuccessful
                    535 | 5.7.139 | hold         | Authentication unsuccessful, SmtpClientAuthentication is disabled
                    535 |         | hold         | authentication failed
                    534 | 5.7.9   | hold         | Application-specific password required
                    525 |         | hold         | Account disabled
                    550 | 5.7.13  | hold         | User account disabled
                    530 | 5.7.0   | hold         | Authentication Required
                    530 | 5.7.57  | hold         | Client not authenticated to send mail
                    550 | 5.7.57  | hold         | Client not authenticated to send mail
                    550 | 5.7.30  | hold         | Basic authentication is not supported
                    550 | 5.1.1   | final        | The email account that you tried to reach does not exist
                    553 | 5.1.2   | final        | We weren't able to find the recipient domain
                    550 | 5.7.1   | final        | Message rejected
                    552 | 5.3.4   | final        | Message size exceeds fixed maximum message size
                    552 | 5.2.3   | final        | Message too large
                    554 | 5.2.252 | sender       | SendAsDenied; not allowed to send as
                    554 | 5.2.2   | final        | mailbox full
                    501 | 5.5.4   | final        | Invalid arguments
                    555 | 5.5.2   | final        | Syntax error
                    450 |         | retry        | no enhanced code at all
                    550 |         | final        | no enhanced code at all
                    """)
    void aReplyMeansWhatItsProviderSaysItMeans(
            int code, String enhanced, String meaning, String text) {
        var reply = new ServerReply(code, Optional.ofNullable(enhanced), text);

        assertThat(named(rules.of(reply))).isEqualTo(meaning);
    }

    @Test
    void theFirstRuleThatFitsCounts() {
        var both = ReplyRules.parse(List.of("550 5.1.* retry", "550 * hold"));

        assertThat(named(both.of(reply("5.1.1")))).isEqualTo("retry");
        assertThat(named(both.of(reply("5.10.1")))).isEqualTo("hold");
        assertThat(
                        named(
                                ReplyRules.parse(List.of("550 * hold", "550 5.1.* retry"))
                                        .of(reply("5.1.1"))))
                .isEqualTo("hold");
    }

    @Test
    void aRuleWithWordsFitsOnlyATextThatHoldsThem() {
        var words = ReplyRules.parse(List.of("* * hold Web Login", "* * throttle 2h quota  full"));

        assertThat(named(words.of(new ServerReply(550, Optional.empty(), "needs a WEB LOGIN now"))))
                .isEqualTo("hold");
        assertThat(named(words.of(new ServerReply(450, Optional.empty(), "Quota  full"))))
                .isEqualTo("throttle 120m");
        assertThat(named(words.of(new ServerReply(550, Optional.empty(), "login on the web"))))
                .isEqualTo("final");
    }

    @Test
    void commentsAndEmptyLinesSayNothing() {
        assertThat(named(ReplyRules.parse(List.of("# 550 * retry", "", "   ")).of(reply("5.1.1"))))
                .isEqualTo("final");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550",
                "550 5.1.1",
                "550 5.1.1 perhaps",
                "250 * retry",
                "55* * retry",
                "550 5.1 retry",
                "550 5.*.1 retry",
                "550 * throttle",
                "550 * throttle soon",
                "550 * throttle 0m",
                "550 * throttle 5d",
                "550 * throttle 5mins",
                "550 * retry 5m",
                "550 * hold 5m words"
            })
    void aLineThatIsNoRuleIsNamed(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplyRules.parse(List.of("503 * retry", line)))
                .withMessageContaining(line);
    }

    private static ServerReply reply(String enhanced) {
        return new ServerReply(550, Optional.of(enhanced), "");
    }

    private static String named(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Retry() -> "retry";
            case Meaning.Throttle(Duration pause) -> "throttle " + pause.toMinutes() + "m";
            case Meaning.Next() -> "next";
            case Meaning.Sender() -> "sender";
            case Meaning.Hold() -> "hold";
            case Meaning.Final() -> "final";
        };
    }
}
