package dev.postrider.testkit.postfix;

import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.daemon.GuardedDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running Postfix of its own, on 127.0.0.1, which delivers everything into a Maildir that {@link
 * #messages} reads.
 *
 * <p>It answers some mail for you: the recipient {@code refused@example.test} is refused at RCPT
 * (550 5.1.1) and {@code deferred@example.test} is deferred there (450 4.2.1); a subject with
 * {@code [refuse]} is refused after the end of data (550 5.7.1), one with {@code [defer]} deferred
 * there (451 4.7.1).
 *
 * <p>Several can run at once. It ends with {@link #close} or with the JVM, however that ends, and
 * takes its folder along unless the JVM was killed. Starting, stopping and closing take turns;
 * everything else may be called from any thread.
 */
public final class RealPostfix implements AutoCloseable {

    private final ServerFolder folder;
    private final PostfixSettings settings;
    private final Ports ports;
    private final AccessTokens tokens = new AccessTokens();
    private final Maildir maildir;
    private final Thread closing = new Thread(this::end, "stop Postfix");

    /** Written and read under this object's lock, null while it doesn't run. */
    private @Nullable GuardedDaemon dovecot;

    /** Written and read under this object's lock, null while it doesn't run. */
    private @Nullable GuardedDaemon postfix;

    private RealPostfix(ServerFolder folder, PostfixSettings settings, Ports ports) {
        this.folder = folder;
        this.settings = settings;
        this.ports = ports;
        this.maildir = new Maildir(folder.newMail());
    }

    public static RealPostfix start() {
        return start(PostfixSettings.ordinary());
    }

    /**
     * Returns when it takes connections, in a quarter of a second or so.
     *
     * @throws IllegalStateException when a package is missing or this isn't root; it says which
     */
    public static RealPostfix start(PostfixSettings settings) {
        try {
            Packages.check();
            var server = new RealPostfix(ServerFolder.create(), settings, Ports.free());
            Runtime.getRuntime().addShutdownHook(server.closing);
            server.beginOrClean();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "localhost";
    }

    /** Where STARTTLS and a login are required. */
    public int submissionPort() {
        return ports.submission();
    }

    /** Where TLS is spoken from the first byte and a login is required. */
    public int implicitTlsPort() {
        return ports.implicitTls();
    }

    /** Where neither TLS nor a login is offered, and only {@code example.test} is taken. */
    public int plainPort() {
        return ports.plain();
    }

    public PostfixSettings settings() {
        return settings;
    }

    /** A PEM file with the certificate of the private authority that issued the server's. */
    public Path certificateAuthority() {
        return folder.authority();
    }

    /** For XOAUTH2 and OAUTHBEARER; valid for an hour. */
    public String accessToken(String user) {
        return tokens.issue(user, Instant.now().plus(Duration.ofHours(1)));
    }

    /** Which the server refuses. */
    public String expiredAccessToken(String user) {
        return tokens.issue(user, Instant.now().minus(Duration.ofHours(1)));
    }

    /** What was delivered to this address until now, in order of arrival. */
    public List<DeliveredMessage> messages(String recipient) {
        return maildir.messages(recipient);
    }

    /**
     * Waits until {@code count} messages have been delivered to this address since the start.
     *
     * @throws AssertionError with the server's log, when they don't come in time
     */
    public List<DeliveredMessage> awaitMessages(String recipient, int count, Duration timeout)
            throws InterruptedException {
        var messages = maildir.await(recipient, count, timeout);
        if (messages.size() < count) {
            throw new AssertionError(
                    "%d of %d messages for %s in %s. The server's log:%n%s"
                            .formatted(messages.size(), count, recipient, timeout, log()));
        }
        return messages;
    }

    /** What Postfix and Dovecot have logged until now. */
    public String log() {
        return folder.log().text();
    }

    /**
     * Goes down as by a power cut: connections break, its ports refuse. What it accepted is kept.
     */
    public synchronized void stop() {
        if (postfix != null) {
            postfix.close();
            postfix = null;
        }
    }

    /** Starts on the same ports again, after {@link #stop} if it still ran. */
    public synchronized void restart() {
        stop();
        try {
            startPostfix();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Freezes it: connections are still taken, by the kernel, but nothing answers. */
    public synchronized void pause() {
        signal("STOP");
    }

    /** Ends a {@link #pause}. */
    public synchronized void resume() {
        signal("CONT");
    }

    /** Of Postfix's master, whose children are all else. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(folder.masterPid()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerFolder folder() {
        return folder;
    }

    /** Stops everything and deletes the folder. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException exiting) {
            // The hook runs or has run. It waited for the end above, and found nothing left to do.
        }
    }

    private void beginOrClean() throws IOException {
        try {
            begin();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private synchronized void begin() throws IOException {
        folder.make("tls");
        var authority = PrivateAuthority.create();
        Files.writeString(folder.authority(), authority.pem());
        Files.writeString(
                folder.serverChain(), authority.serverPem(List.copyOf(settings.certifiedFor())));
        new ConfigurePostfix(folder, settings, ports).run();
        new ConfigureDovecot(folder, settings, tokens).run();
        dovecot = daemon("starting up", Packages.DOVECOT, "-F", "-c", folder.dovecotConfig());
        startPostfix();
    }

    private void startPostfix() throws IOException {
        postfix =
                daemon(
                        "daemon started",
                        Packages.POSTFIX_MASTER,
                        "-s",
                        "-c",
                        folder.postfixConfig());
    }

    private GuardedDaemon daemon(String readyWords, Object... command) throws IOException {
        var words = List.of(command).stream().map(Object::toString).toList();
        return GuardedDaemon.start(words, readyWords, folder.log());
    }

    private void signal(String name) {
        if (postfix == null) {
            throw new IllegalStateException("it is stopped");
        }
        try {
            Commands.run("sh", "-c", "kill -s " + name + " -- -" + pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void end() {
        stop();
        if (dovecot != null) {
            dovecot.close();
            dovecot = null;
        }
        try {
            folder.deleteIfExists();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
