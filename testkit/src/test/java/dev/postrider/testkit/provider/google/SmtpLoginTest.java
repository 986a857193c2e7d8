package dev.postrider.testkit.provider.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SmtpLoginTest {
    private static final String ADA = "ada@example.com";

    @Test
    void aTokenForAllMailIsGoodUntilItEnds() throws Exception {
        try (var google = FakeGoogle.start();
                var smtp = Sink.start(SinkOptions.standard().withLogins(google::mayLogInBySmtp))) {
            var client = GoogleClient.of(google);
            String all = client.accessToken(ADA, "https://mail.google.com/");
            assertThat(logIn(smtp, ADA, all)).contains("235 2.7.0");
            assertThat(logIn(smtp, "bob@example.com", all)).contains("535 5.7.8");
            String send = client.accessToken(ADA, "gmail.send");
            assertThat(logIn(smtp, ADA, send)).contains("535 5.7.8");
            google.removeAccess(ADA);
            assertThat(logIn(smtp, ADA, all)).contains("535 5.7.8");
        }
    }

    private static String logIn(Sink smtp, String user, String token) throws IOException {
        String message = "user=" + user + "\1auth=Bearer " + token + "\1\1";
        String encoded = Base64.getEncoder().encodeToString(message.getBytes(US_ASCII));
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), smtp.port())) {
            socket.getOutputStream()
                    .write(
                            ("EHLO x\r\nAUTH XOAUTH2 " + encoded + "\r\n\r\nQUIT\r\n")
                                    .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
