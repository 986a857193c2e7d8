package dev.postrider.bench.cost;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.send.SendOptions;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends one email after the other over one connection, and keeps nothing. */
record PlainLoop(String host, int port, String authority, String user, String password) {
    private static final byte[] MESSAGE =
            ("From: <a@example.com>\r\nTo: <b@example.com>\r\nSubject: An invoice\r\n\r\n"
                            + ("x".repeat(70) + "\r\n").repeat(25))
                    .getBytes(US_ASCII);

    @Override
    public String toString() {
        return "PlainLoop[" + host + ":" + port + "]";
    }

    long send(Duration time) throws IOException {
        var server = Server.of(host, port, Security.STARTTLS).withTrust(Trust.authority(authority));
        var end = System.nanoTime() + time.toNanos();
        var opening =
                new Connector(Resolver.system(), Observer.NONE, new Quirks())
                        .open(server, new Credentials.Password(user, password));
        if (!(opening instanceof Opening.Open open)) {
            throw new IOException("not connected: " + opening);
        }
        var count = 0L;
        try (var connection = open.connection()) {
            for (; System.nanoTime() < end && connection.isUsable(); count++) {
                var message = new Message(Envelope.of(user, user), Content.of(MESSAGE));
                var result = connection.send(List.of(message), SendOptions.STANDARD).getFirst();
                if (!(result instanceof Result.Settled settled) || !settled.accepted()) {
                    throw new IOException("not taken: " + result);
                }
            }
        }
        return count;
    }
}
