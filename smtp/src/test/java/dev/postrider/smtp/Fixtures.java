package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Trust;
import dev.postrider.smtp.wire.Timeouts;
import dev.postrider.smtp.wire.Transcript;
import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.script.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What most tests need: a server's description, a connection, a message. */
public final class Fixtures {
    public static final PrivateAuthority AUTHORITY = PrivateAuthority.create();
    public static final Trust TRUST = Trust.authority(AUTHORITY.pem());

    /** One that knows no server yet: the port of a test before may come again. */
    public static Connector connector() {
        return connector(new Quirks());
    }

    public static Connector connector(Quirks quirks) {
        return new Connector(Resolver.system(), Observer.NONE, quirks);
    }

    /** The server has shown that it knows what it announces. */
    public static Quirks proven(Server server) {
        var quirks = new Quirks();
        quirks.works(server, Quirks.CHUNKING);
        quirks.works(server, Quirks.ENVELOPE_BEHIND_CONTENT);
        return quirks;
    }

    private Fixtures() {}

    public static Server plain(int port) {
        return Server.of("127.0.0.1", port, Security.NONE)
                .withEhloName("client.test")
                .withTimeouts(Timeouts.all(Duration.ofSeconds(10)))
                .withLoginWithoutTls(true);
    }

    public static Server secured(int port, Security security) {
        return Server.of("localhost", port, security)
                .withEhloName("client.test")
                .withTimeouts(Timeouts.all(Duration.ofSeconds(10)))
                .withTrust(TRUST);
    }

    public static Connection connect(int port) {
        return connect(plain(port), new Credentials.None(), null);
    }

    public static Connection connect(
            Server server, Credentials credentials, @Nullable Transcript transcript) {
        Opening opening = connector(proven(server)).open(server, credentials, null, transcript);
        assertThat(opening).isInstanceOf(Opening.Open.class);
        return ((Opening.Open) opening).connection();
    }

    public static Opening.Failed failure(Server server, Credentials credentials) {
        Opening opening = connector().open(server, credentials, Duration.ofSeconds(20), null);
        assertThat(opening).isInstanceOf(Opening.Failed.class);
        return (Opening.Failed) opening;
    }

    /** The beginning of a script. */
    public static String greeting(String... extensions) {
        var lines =
                new StringBuilder("S: 220 mx.test ESMTP\nC: EHLO client.test\nS: 250-mx.test\n");
        for (var i = 0; i < extensions.length; i++) {
            lines.append("S: 250")
                    .append(i < extensions.length - 1 ? '-' : ' ')
                    .append(extensions[i])
                    .append('\n');
        }
        return lines.toString();
    }

    /** What a test does with a connection to a server that plays the script, to its end. */
    public static void talk(String script, Consumer<Connection> test) {
        try (var server = ScriptedServer.play(script)) {
            var connection = connect(server.port());
            test.accept(connection);
            connection.cut();
            server.awaitEnd();
        }
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static Message message(String recipient) {
        return new Message(
                Envelope.of("from@a.test", recipient),
                Content.of(ascii("Subject: hi\r\n\r\nhi\r\n")));
    }

    public static Message message(String content, String... recipients) {
        return new Message(Envelope.of("from@a.test", recipients), Content.of(ascii(content)));
    }

    public static List<Message> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> message("to" + i + "@b.test")).toList();
    }

    public static Result.Settled settled(Result result) {
        assertThat(result).isInstanceOf(Result.Settled.class);
        return (Result.Settled) result;
    }

    public static Result.NotBegun notBegun(Result result) {
        assertThat(result).isInstanceOf(Result.NotBegun.class);
        return (Result.NotBegun) result;
    }

    public static List<String> deciding(Result result) {
        return settled(result).recipients().stream()
                .map(recipient -> recipient.stage() + " " + recipient.reply())
                .toList();
    }
}
