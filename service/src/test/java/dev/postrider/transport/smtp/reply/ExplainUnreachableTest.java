package dev.postrider.transport.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong hosts and ports, in words that their user can act on. */
final class ExplainUnreachableTest {
    @ParameterizedTest
    @CsvSource({
        "587, STARTTLS, CONNECT, REFUSED, Nothing listens at mail.example.org on port 587",
        "587, STARTTLS, CONNECT, NO_ROUTE, check the host",
        "25, STARTTLS, CONNECT, TIMEOUT, whether a firewall is in the way",
        "465, STARTTLS, GREETING, LIMIT, perhaps it waits for TLS. Implicit TLS is usually on port 465",
        "465, STARTTLS, GREETING, TIMEOUT, perhaps it waits for TLS",
        "465, IMPLICIT, GREETING, TIMEOUT, fell silent (GREETING)",
        "587, STARTTLS, LOGIN, TIMEOUT, fell silent (LOGIN): try again later",
        "587, STARTTLS, GREETING, CLOSED, closed the connection"
    })
    void whatIsWrongIsSaid(int port, TlsMode tls, Stage stage, Trouble trouble, String words) {
        assertThat(words(port, tls, stage, trouble)).contains(words).endsWith(".");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void noneIsWithoutWords(Trouble trouble) {
        assertThat(words(587, TlsMode.STARTTLS, Stage.EHLO, trouble)).isNotBlank();
    }

    private static String words(int port, TlsMode tls, Stage stage, Trouble trouble) {
        return ExplainUnreachable.words(
                new SmtpServer("mail.example.org", port, tls, Optional.empty()),
                new Opening.Unreachable(stage, trouble, "What was seen."));
    }
}
