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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * HubSpot's NioSmtpClient on Netty: one session a connection, one event loop, as in its own set-up;
 * on two processors Netty's usual number of loops is slower (docs/decisions/0023).
 */
final class Nio implements Contender {
    private final String name;
    private final boolean everythingOnTheLoop;

    private Nio(String name, boolean everythingOnTheLoop) {
        this.name = name;
        this.everythingOnTheLoop = everythingOnTheLoop;
    }

    /** The one set-up that it comes with: answers are handed to a pool of threads. */
    static Nio itsOwnSetUp() {
        return new Nio("NioSmtpClient 1.2", false);
    }

    /**
     * Answers are handled by the event loop itself: faster, and of use to callers who never block
     * in them.
     */
    static Nio onItsEventLoop() {
        return new Nio("NioSmtpClient 1.2, all on its event loop", true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sender connect(Target target, int connections) throws Exception {
        SSLContext context = target.starttls() ? target.trusting() : SSLContext.getDefault();
        var loops = new NioEventLoopGroup(1);
        ExecutorService pool = Executors.newCachedThreadPool();
        var factory =
                new SmtpSessionFactory(
                        SmtpSessionFactoryConfig.nonProductionConfig()
                                .withEventLoopGroup(loops)
                                .withExecutor(everythingOnTheLoop ? Runnable::run : pool)
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
                    pool.close();
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
