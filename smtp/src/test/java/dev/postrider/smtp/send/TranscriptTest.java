package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.message;
import static dev.postrider.smtp.Fixtures.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.wire.Transcript;
import dev.postrider.testkit.script.ScriptedServer;
import org.junit.jupiter.api.Test;

/** What an owner may read of a conversation. */
class TranscriptTest {

    private static final String SCRIPT =
            """
            S: 220 mx.test
            C: EHLO client.test
            S: 250-mx.test
            S: 250-PIPELINING
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dXNlcg==
            S: 334 UGFzc3dvcmQ6
            C: c2VjcmV0
            S: 235 ok
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
            C: QUIT
            S: 221 bye
            """;

    private static String transcript(int limit) {
        try (var server = ScriptedServer.play(SCRIPT)) {
            var transcript = new Transcript(limit);
            try (var connection =
                    connect(
                            plain(server.port()),
                            new Credentials.Password("user", "secret"),
                            transcript)) {
                connection.send(message("to@b.test"));
            }
            server.awaitEnd();
            return transcript.text().replaceFirst("-- connected to .*\n", "");
        }
    }

    @Test
    void itHasEverythingButCredentialsAndContent() {
        assertThat(transcript(10_000))
                .isEqualTo(
                        """
                        S: 220 mx.test
                        C: EHLO client.test
                        S: 250-mx.test
                        S: 250-PIPELINING
                        S: 250 AUTH LOGIN
                        C: AUTH LOGIN
                        S: 334 VXNlcm5hbWU6
                        C: ***
                        S: 334 UGFzc3dvcmQ6
                        C: ***
                        S: 235 ok
                        C: MAIL FROM:<from@a.test>
                        C: RCPT TO:<to@b.test>
                        C: DATA
                        S: 250 ok
                        S: 250 ok
                        S: 354 go
                        C: [19 octets of content]
                        C: .
                        S: 250 taken
                        C: QUIT
                        S: 221 bye
                        """);
    }

    @Test
    void itIsBoundedAndSaysSo() {
        assertThat(transcript(100)).hasSizeLessThan(150).endsWith("-- the rest is not kept\n");
    }
}
