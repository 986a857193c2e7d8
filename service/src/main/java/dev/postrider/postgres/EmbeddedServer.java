package dev.postrider.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
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
    private final DatabaseUrl url;

    private EmbeddedServer(EmbeddedPostgres server, DatabaseUrl url) {
        this.server = server;
        this.url = url;
    }

    /**
     * Starts the server; one that a killed program left behind on the same data is ended first.
     *
     * @param port where it listens; 0 for a free one
     * @throws DatabaseUnusable when it doesn't start
     */
    static EmbeddedServer start(ServerFiles files, int port) {
        var leftover = files.leftover();
        leftover.end();
        try {
            var password = files.prepare();
            var server = builder(files, password).setPort(port).start();
            // the library makes the binaries' folder writable for everyone
            Files.setPosixFilePermissions(
                    files.binaries(), PosixFilePermissions.fromString("rwx------"));
            createDatabase(server);
            files.complete();
            return new EmbeddedServer(
                    server,
                    new DatabaseUrl(
                            "127.0.0.1", server.getPort(), DATABASE, "postgres", password, ""));
        } catch (IOException | SQLException | IllegalStateException e) {
            leftover.end();
            throw new DatabaseUnusable(
                    "The embedded database doesn't start ("
                            + e.getMessage()
                            + "): its own words are in "
                            + files.log()
                            + ".");
        }
    }

    private static EmbeddedPostgres.Builder builder(ServerFiles files, String password) {
        var log = ProcessBuilder.Redirect.appendTo(files.log().toFile());
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(files.data())
                        .setOverrideWorkingDirectory(files.binaries().toFile())
                        .setPgBinaryResolver(new OwnBinaries(files.binaries()))
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(START_WAIT)
                        .setOutputRedirector(log)
                        .setErrorRedirector(log)
                        // initdb's own options; --auth comes after the library's "-A trust" and
                        // wins
                        .setLocaleConfig("auth", "scram-sha-256")
                        .setLocaleConfig("pwfile", files.password().toString())
                        .setLocaleConfig("locale", "C")
                        .setConnectConfig("password", password);
        DURABLE.forEach(builder::setServerConfig);
        LOCAL.forEach(builder::setServerConfig);
        return builder;
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

    /** Stops the server, as far as the library's own short wait goes. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
