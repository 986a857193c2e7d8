package dev.postrider.bench.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.send.SendOptions;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionSinkTest {

    @Test
    void itTellsWhatItTookWhenAndWhoResumedASession() throws Exception {
        try (var sink = SubmissionSink.start()) {
            var server =
                    Server.of("127.0.0.1", sink.port(), Security.STARTTLS)
                            .withTrust(Trust.authority(sink.authority()));
            var begun = System.nanoTime();
            send(server, "n7@sink.test");
            send(server, "n8@sink.test");
            sink.awaitMessages(2, 10);
            sink.awaitNobody(10);
            assertThat(sink.counts()).isEqualTo(new SubmissionSink.Counts(2, 2, 1, 0));
            assertThat(sink.taken())
                    .containsOnlyKeys(7, 8)
                    .allSatisfy((_, time) -> assertThat(time).isBetween(begun, System.nanoTime()));
            assertThat(sink.taken()).isEmpty();
        }
    }

    private static void send(Server server, String recipient) throws Exception {
        var connector = new Connector(Resolver.system(), Observer.NONE, new Quirks());
        var opening = connector.open(server, new Credentials.Password("anybody", "anything"));
        assertThat(opening).isInstanceOf(Opening.Open.class);
        try (var connection = ((Opening.Open) opening).connection()) {
            var message =
                    new Message(
                            Envelope.of("a@example.com", recipient),
                            Content.of("Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII)));
            assertThat(connection.send(List.of(message), SendOptions.STANDARD)).hasSize(1);
        }
    }
}
