package dev.postrider.bench.smtp;

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
import dev.postrider.smtp.send.SendOptions;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Ours. */
final class Postrider implements Contender {
    private static final int BURST = 50;

    private final String name;
    private final SendOptions options;
    private final ThreadFactory threads;

    Postrider(String name, int depth, ThreadFactory threads) {
        this.name = name;
        this.options = SendOptions.STANDARD.withDepth(depth);
        this.threads = threads;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sender connect(Target target, int connections) {
        Server server =
                Server.of(
                                target.host(),
                                target.port(),
                                target.starttls() ? Security.STARTTLS : Security.NONE)
                        .withTrust(
                                target.starttls()
                                        ? Trust.authority(target.authority())
                                        : Trust.system());
        var connector = new Connector(Resolver.system(), Observer.NONE, new Quirks());
        var open = new ArrayList<Connection>();
        for (int i = 0; i < connections; i++) {
            open.add(
                    switch (connector.open(server, new Credentials.None())) {
                        case Opening.Open opened -> opened.connection();
                        case Opening.Failed failed ->
                                throw new IllegalStateException(failed.detail());
                    });
        }
        byte[] content = Sample.message();
        return new ThreadedSender<>(open, connection -> burst(connection, content), threads);
    }

    private int burst(Connection connection, byte[] content) {
        var messages = new ArrayList<Message>(BURST);
        for (int i = 0; i < BURST; i++) {
            messages.add(new Message(Envelope.of(Sample.FROM, Sample.TO), Content.of(content)));
        }
        List<Result> results = connection.send(messages, options);
        for (Result result : results) {
            if (!(result instanceof Result.Settled settled) || !settled.accepted()) {
                throw new IllegalStateException(result.toString());
            }
        }
        return results.size();
    }
}
