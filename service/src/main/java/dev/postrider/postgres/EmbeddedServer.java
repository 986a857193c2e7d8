package dev.postrider.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * A PostgreSQL that this program starts and stops, with its files in the data folder.
 *
 * <p>The library that brings the binaries is made for tests: it starts the server with {@code
 * fsync} off and without passwords. Both are put right here: durability is asked for by name and
 * shown by {@code EmbeddedServerTest}; the superuser has a generated password, kept beside the
 * data, and every connection needs it. Connections come over loopback only.
 */
final class EmbeddedServer implements AutoCloseable {
    private static final String DATABASE = "postrider";
    private static final Duration START_WAIT = Duration.ofMinutes(2);

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final Map<String, String> LOCAL =
            Map.of(
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "max_connections", "60",
                    "shared_buffers", "128MB",
                    "max_wal_size", "2GB",
                    "wal_compression", "on",
                    "log_checkpoints", "off");

    private final EmbeddedPostgres server;
    private final Path data;
    private final DatabaseUrl url;

    private EmbeddedServer(EmbeddedPostgres server, Path data, DatabaseUrl url) {
        this.server = server;
        this.data = data;
        this.url = url;
    }

    /**
     * Starts the server; one that a killed program left behind on the same data is ended first.
     *
     * @throws DatabaseUnusable when it doesn't start
     */
    static EmbeddedServer start(DataFolder folder) {
        var data = folder.path().resolve("postgres");
        var log = folder.path().resolve("postgres.log");
        var binaries = folder.path().resolve("postgres-binaries");
        new LeftoverServer(data).end();
        try {
            var password = password(folder.path().resolve("postgres.password"));
            var builder =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setOverrideWorkingDirectory(binaries.toFile())
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setPGStartupWait(START_WAIT)
                            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            // initdb's own options; --auth comes after the library's "-A trust" and
                            // wins
                            .setLocaleConfig("auth", "scram-sha-256")
                            .setLocaleConfig(
                                    "pwfile", folder.path().resolve("postgres.password").toString())
                            .setLocaleConfig("locale", "C")
                            .setConnectConfig("password", password);
            DURABLE.forEach(builder::setServerConfig);
            LOCAL.forEach(builder::setServerConfig);
            var server = builder.start();
            // the library makes the binaries' folder writable for everyone
            Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwx------"));
            createDatabase(server);
            return new EmbeddedServer(
                    server,
                    data,
                    new DatabaseUrl(
                            "127.0.0.1", server.getPort(), DATABASE, "postgres", password, ""));
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new DatabaseUnusable(
                    "The embedded database doesn't start ("
                            + e.getMessage()
                            + "): its own words are in "
                            + log
                            + ".");
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var password = HexFormat.of().formatHex(random);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
        return password;
    }

    private static void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var found =
                    statement.executeQuery(
                            """
                            select 1
                            from pg_database
                            where datname = 'postrider'
                            """);
            if (!found.next()) {
                statement.execute("create database postrider");
            }
        }
    }

    DatabaseUrl url() {
        return url;
    }

    /**
     * Stops the server; what the library's own short wait leaves running is ended like a leftover.
     */
    @Override
    public void close() throws IOException {
        server.close();
        new LeftoverServer(data).end();
    }
}
