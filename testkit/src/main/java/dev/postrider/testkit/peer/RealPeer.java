package dev.postrider.testkit.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.testkit.daemon.GuardedDaemon;
import dev.postrider.testkit.daemon.ServerLog;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server of other hands. It lets {@link #USER} log in with {@link #PASSWORD} over STARTTLS,
 * refuses recipients of the name {@code bad}, and keeps all else. It ends with {@link #close} or
 * with the JVM.
 */
public final class RealPeer implements AutoCloseable {
    public static final String USER = "ann@a.test";
    public static final String PASSWORD = "wonderland";

    private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

    private final Software software;
    private final Path folder;
    private final int port;
    private final GuardedDaemon daemon;

    /** Which one, by its name in {@code peer.sh}. */
    public enum Software {
        EXIM("exim", "debian"),
        OPENSMTPD("opensmtpd", "debian"),
        DOVECOT("dovecot", "debian"),
        HARAKA("haraka", "npm"),
        SMTP_SERVER("smtp-server", "npm");

        private final String name;
        private final String source;

        Software(String name, String source) {
            this.name = name;
            this.source = source;
        }

        /** Why it can't run here: its packages don't exist for this system. Empty when it can. */
        public Optional<String> missing() {
            return Files.isDirectory(Servers.FOLDER.resolve(source))
                    ? Optional.empty()
                    : Optional.of(name + " comes from " + source + ", which this system hasn't");
        }
    }

    /** Fetched at the first use. */
    private static final class Servers {
        static final Path FOLDER = Path.of(run("sh", "-c", resource("fetch.sh")));
    }

    /**
     * Returns when it takes connections.
     *
     * @param more settings in its own language
     */
    public static RealPeer start(Software software, String... more) {
        try {
            return new RealPeer(software, String.join("\n", more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RealPeer(Software software, String more) throws IOException {
        this.software = software;
        folder = Files.createTempDirectory("postrider-" + software.name);
        port = FreePort.find();
        daemon =
                GuardedDaemon.start(
                        List.of(
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                "echo begins; " + resource("peer.sh"),
                                "sh",
                                software.name,
                                folder.toString(),
                                String.valueOf(port),
                                Servers.FOLDER.toString(),
                                more),
                        "begins",
                        new ServerLog(folder.resolve("log")));
        while (!isListening()) {
            if (!daemon.isAlive()) {
                throw new IllegalStateException(software + " ended at once:\n" + log());
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    public Software software() {
        return software;
    }

    public int port() {
        return port;
    }

    /** Its certificate, which it has signed itself. */
    public String certificate() {
        return read(folder.resolve("cert.pem"));
    }

    /** What it has kept until now, octet for octet, with its trace fields. */
    public List<String> messages() {
        try (var files = Files.list(folder.resolve("mail"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(RealPeer::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written on its terminal. */
    public String log() {
        return new ServerLog(folder.resolve("log")).text();
    }

    @Override
    public void close() {
        daemon.close();
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(RealPeer.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what it printed. */
    private static String run(String... command) {
        try {
            var errors = Files.createTempFile("postrider-peers", ".log");
            var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(
                        "The mail servers that tests send to can't be fetched; that needs the"
                                + " network once:\n"
                                + Files.readString(errors));
            }
            Files.delete(errors);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
