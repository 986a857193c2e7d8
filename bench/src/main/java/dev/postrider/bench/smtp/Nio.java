package dev.postrider.bench.smtp;

import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.netty.buffer.Unpooled;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.smtp.DefaultSmtpRequest;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** HubSpot's NioSmtpClient on Netty: one session a connection. */
final class Nio implements Contender {

    @Override
    public String name() {
        return "NioSmtpClient 1.2";
    }

    @Override
    public Sender connect(Target target, int connections) throws Exception {
        SSLContext context = target.starttls() ? target.trusting() : SSLContext.getDefault();
        var loops = new NioEventLoopGroup();
        var factory =
                new SmtpSessionFactory(
                        SmtpSessionFactoryConfig.nonProductionConfig()
                                .withEventLoopGroup(loops)
                                // The continuation is short, so it may run on the event loop.
                                .withExecutor(Runnable::run)
                                .withSslEngineSupplier(() -> {
                                    var engine =
                                            context.createSSLEngine(target.host(), target.port());
                                    engine.setUseClientMode(true);
                                    return engine;
                                }));
        byte[] content = Sample.message();
        var open = new ArrayList<Supplier<CompletableFuture<?>>>();
        for (int i = 0; i < connections; i++) {
            SmtpSession session = open(factory, target);
            open.add(() -> send(session, content));
        }
        return new AsynchronousSender(
                open,
                () -> {
                    factory.close();
                    loops.shutdownGracefully().sync();
                });
    }

    private static SmtpSession open(SmtpSessionFactory factory, Target target) {
        var config = SmtpSessionConfig.forRemoteAddress(target.host(), target.port());
        SmtpSession session = factory.connect(config).join().getSession();
        session.send(new DefaultSmtpRequest("EHLO", "localhost")).join();
        if (target.starttls()) {
            session.startTls().join();
            session.send(new DefaultSmtpRequest("EHLO", "localhost")).join();
        }
        return session;
    }

    private static CompletableFuture<SmtpClientResponse> send(SmtpSession session, byte[] content) {
        var message =
                MessageContent.of(
                        Unpooled.wrappedBuffer(content), MessageContentEncoding.SEVEN_BIT);
        return session.send(Sample.FROM, Sample.TO, message)
                .thenApply(response -> {
                    if (response.containsError()) {
                        throw new IllegalStateException(response.toString());
                    }
                    return response;
                });
    }
}
