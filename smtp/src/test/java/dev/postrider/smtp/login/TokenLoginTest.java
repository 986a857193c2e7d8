package dev.postrider.smtp.login;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.failure;
import static dev.postrider.smtp.Fixtures.greeting;
import static dev.postrider.smtp.Fixtures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.wire.Transcript;
import dev.postrider.testkit.script.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** XOAUTH2 and OAUTHBEARER (RFC 7628): a token instead of a password. */
class TokenLoginTest {
    private static final String OPENING = greeting("AUTH XOAUTH2");

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRefusalOfAnXoauth2TokenIsHeardToItsEnd() {
        String response = base64("user=tim\1auth=Bearer vF9dft4qmT\1\1");
        var script =
                OPENING
                        + "C: AUTH XOAUTH2 "
                        + response
                        + "\nS: 334 "
                        + base64("{\"status\":\"401\"}")
                        + "\nC:\nS: 535 5.7.8 bad token\n";
        try (var server = ScriptedServer.play(script)) {
            Opening.Failed failed =
                    failure(plain(server.port()), new Credentials.Token("tim", () -> "vF9dft4qmT"));
            assertThat(failed)
                    .isEqualTo(
                            new Opening.LoginRefused(
                                    "XOAUTH2", ((Opening.LoginRefused) failed).reply()));
            assertThat(failed.detail()).contains("535 5.7.8 bad token");
            server.awaitEnd();
        }
    }

    @Test
    void oauthbearerNamesHostAndPortAndAnswersARefusalWithItsOwnOctet() throws BrokenProtocol {
        var mechanism = FixedAnswers.oauthBearer("a,b=c", "token", plain(587));
        assertThat(new String(mechanism.answer(new byte[0]), StandardCharsets.UTF_8))
                .isEqualTo("n,a=a=2Cb=3Dc,\1host=127.0.0.1\1port=587\1auth=Bearer token\1\1");
        assertThat(mechanism.answer(new byte[0])).containsExactly(1);
    }

    @Test
    void aTokenThatFitsIntoTheCommandGoesWithIt() {
        // 13 octets of "AUTH XOAUTH2 ", 2 of CRLF: 497 are left of 512, and base64 comes in fours.
        assertThat(loginWithTokenOf(496)).startsWith("AUTH XOAUTH2 ");
    }

    @Test
    void aLongTokenWaitsForTheServersGoAhead() {
        assertThat(loginWithTokenOf(500)).isEqualTo("AUTH XOAUTH2");
        assertThat(loginWithTokenOf(8000)).isEqualTo("AUTH XOAUTH2");
    }

    @Test
    void anExceptionOfTheTokensSupplierReachesTheCallerAndTheConnectionIsClosed() {
        try (var server = ScriptedServer.play(OPENING)) {
            Credentials failing =
                    new Credentials.Token(
                            "tim",
                            () -> {
                                throw new IllegalStateException("no refresh token");
                            });
            assertThatThrownBy(() -> Fixtures.connector().open(plain(server.port()), failing))
                    .hasMessage("no refresh token");
            server.awaitEnd();
        }
    }

    /** The command that a response of so many octets of base64 begins with. */
    private static String loginWithTokenOf(int encodedLength) {
        int raw = encodedLength / 4 * 3;
        String token = "t".repeat(raw - "user=tim\1auth=Bearer \1\1".length());
        String response = base64("user=tim\1auth=Bearer " + token + "\1\1");
        assertThat(response).hasSize(encodedLength);
        boolean fits = encodedLength <= 497;
        String dialogue =
                fits
                        ? "C: AUTH XOAUTH2 " + response + "\n"
                        : "C: AUTH XOAUTH2\n-- wait\nS: 334 \nC: " + response + "\n";
        try (var server = ScriptedServer.play(OPENING + dialogue + "S: 235 ok\n")) {
            var transcript = new Transcript(10_000);
            connect(plain(server.port()), new Credentials.Token("tim", () -> token), transcript)
                    .cut();
            server.awaitEnd();
            assertThat(transcript.text()).doesNotContain(token).doesNotContain(response);
        }
        return fits ? "AUTH XOAUTH2 " + response : "AUTH XOAUTH2";
    }
}
