package dev.postrider.bench.smtp;

import dev.postrider.smtp.Connection;
import dev.postrider.smtp.Connector;
import dev.postrider.smtp.Content;
import dev.postrider.smtp.Credentials;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.Message;
import dev.postrider.smtp.Observer;
import dev.postrider.smtp.Opening;
import dev.postrider.smtp.Quirks;
import dev.postrider.smtp.Resolver;
import dev.postrider.smtp.Result;
import dev.postrider.smtp.Security;
import dev.postrider.smtp.SendOptions;
import dev.postrider.smtp.Server;
import dev.postrider.smtp.Trust;
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
                    switch (connector.open(server, Credentials.none())) {
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
