package dev.postrider.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL of Debian's packages: the oldest that Postrider supports of those that are
 * installed. It has its files in a temporary folder, and ends with this process however that ends.
 *
 * @param binaries its folder of programs
 */
record PackagedServer(Path binaries) {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 15;
    private static final String USER = "rider";
    private static final String READY = "database system is ready to accept connections";

    /** Ends the server, by its process file, when nobody holds the standard input any more. */
    private static final String GUARD =
            """
            folder=$1
            shift
            "$@" 2>&1 &
            cat > /dev/null
            kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")"
            wait
            rm -rf "$folder"
            """;

    static Optional<PackagedServer> installed() {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (var versions = Files.list(PACKAGES)) {
            return versions.filter(path -> path.getFileName().toString().matches("[0-9]{2}"))
                    .filter(path -> Files.isExecutable(path.resolve("bin").resolve("initdb")))
                    .filter(path -> version(path) >= OLDEST)
                    .min(Comparator.comparingInt(PackagedServer::version))
                    .map(path -> new PackagedServer(path.resolve("bin")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /** Starts it on new data. */
    DatabaseUrl start() {
        try {
            var folder = Files.createTempDirectory("postrider-own");
            var password = UUID.randomUUID().toString();
            initialize(folder, password);
            var port = freePort();
            serve(folder, port);
            return new DatabaseUrl("127.0.0.1", port, "postgres", USER, password, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialize(Path folder, String password) throws IOException {
        var passwordFile = Files.writeString(folder.resolve("password"), password);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres:", folder.toString()));
        }
        run(
                asPostgres(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + folder.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C"));
    }

    private void serve(Path folder, int port) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString()));
        command.addAll(
                asPostgres(
                        binaries.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="));
        var guard = new ProcessBuilder(command).redirectErrorStream(true).start();
        var ready = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("own-postgres").start(() -> follow(guard, ready));
        var words = ready.join();
        if (!words.contains(READY)) {
            throw new IllegalStateException("the own PostgreSQL does not start:\n" + words);
        }
    }

    private static void follow(Process guard, CompletableFuture<String> ready) {
        var words = new StringBuilder();
        try (var output = guard.inputReader()) {
            output.lines()
                    .forEach(line -> {
                        if (!ready.isDone()) {
                            words.append(line).append('\n');
                        }
                        if (line.contains(READY)) {
                            ready.complete(words.toString());
                        }
                    });
        } catch (IOException | UncheckedIOException e) {
            words.append(e.getMessage());
        }
        ready.complete(words.toString());
    }

    /** PostgreSQL refuses to run as root; its package has made a user for it. */
    private static List<String> asPostgres(String... command) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            words.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + words);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
