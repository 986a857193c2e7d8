package dev.postrider.transport.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.EnhancedCode;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExplainLoginTest {
    private final ExplainLogin explain = new ExplainLogin(new KnownProviders());

    @Test
    void aKnownProvidersWishComesFirstAndTheServersWordsBehindIt() {
        assertThat(explain.refused(at("smtp.gmail.com"), reply(534, 5, 7, 9, "App password")))
                .startsWith("Gmail needs an app password")
                .contains("myaccount.google.com/apppasswords")
                .endsWith("The server refused the login (PLAIN): 534 5.7.9 App password");
    }

    @Test
    void anUnknownServersCodeIsExplained() {
        assertThat(explain.refused(at("mail.example.org"), reply(535, 5, 7, 139, "Not on")))
                .contains("an administrator must switch on")
                .endsWith("535 5.7.139 Not on");
    }

    /** As Yahoo answers a wrong password. */
    @Test
    void aBarePolicyCodeIsTakenForAWrongPassword() {
        assertThat(explain.refused(at("mail.example.org"), reply(535, 5, 7, 0, "(#AUTH005)")))
                .startsWith("The username or the password is wrong, or the provider wants an app");
    }

    @Test
    void aDisabledAccountIsNotTakenForAWrongPassword() {
        for (var refused :
                List.of(
                        reply(535, 5, 7, 8, "Error: authentication failed: user is disabled"),
                        reply(525, 5, 7, 13, "User Account Disabled"),
                        bare(535, "Your account has been Disabled"),
                        bare(525, "No longer"))) {
            assertThat(explain.refused(at("mail.example.org"), refused))
                    .startsWith("This account is disabled")
                    .endsWith(refused.detail());
        }
    }

    @Test
    void whatSaysNothingIsQuotedAsItIs() {
        var refused = bare(535, "No.");
        assertThat(explain.refused(at("mail.example.org"), refused)).isEqualTo(refused.detail());
        assertThat(explain.refused(at("mail.example.org"), reply(535, 5, 9, 9, "No.")))
                .startsWith("The server refused the login");
    }

    private static SmtpServer at(String host) {
        return new SmtpServer(host, 587, TlsMode.STARTTLS, Optional.empty());
    }

    private static Opening.LoginRefused reply(int code, int a, int b, int c, String text) {
        return new Opening.LoginRefused(
                "PLAIN", new Reply(code, new EnhancedCode(a, b, c), List.of(text)));
    }

    private static Opening.LoginRefused bare(int code, String text) {
        return new Opening.LoginRefused("LOGIN", new Reply(code, null, List.of(text)));
    }
}
