package dev.postrider.bench.smtp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Vert.x Mail Client: a pool of as many connections, with as many messages on their way. */
final class Vertx implements Contender {

    @Override
    public String name() {
        return "Vert.x Mail Client 4.5";
    }

    @Override
    public Sender connect(Target target, int connections) {
        var vertx = io.vertx.core.Vertx.vertx();
        var config =
                new MailConfig(target.host(), target.port())
                        .setMaxPoolSize(connections)
                        .setKeepAlive(true)
                        .setPipelining(true);
        if (target.starttls()) {
            config.setStarttls(StartTLSOptions.REQUIRED)
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setPemTrustOptions(
                            new PemTrustOptions().addCertValue(Buffer.buffer(target.authority())));
        } else {
            config.setStarttls(StartTLSOptions.DISABLED);
        }
        MailClient client = MailClient.create(vertx, config);
        Supplier<CompletableFuture<?>> connection =
                () -> {
                    var message =
                            new MailMessage(Sample.FROM, Sample.TO, Sample.SUBJECT, Sample.TEXT);
                    return client.sendMail(message).toCompletionStage().toCompletableFuture();
                };
        return new AsynchronousSender(
                Collections.nCopies(connections, connection),
                () -> {
                    client.close().toCompletionStage().toCompletableFuture().join();
                    vertx.close().toCompletionStage().toCompletableFuture().join();
                });
    }
}
