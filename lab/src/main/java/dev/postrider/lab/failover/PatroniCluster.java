package dev.postrider.lab.failover;

import dev.postrider.testkit.daemon.GuardedDaemon;
import dev.postrider.testkit.daemon.ServerLog;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * PostgreSQL servers of which one is the primary, by Patroni and etcd. Of etcd there is one member:
 * what it does when members die is not what is tried here.
 */
final class PatroniCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration CHANGE = Duration.ofMinutes(2);

    private static final String STREAMING =
            """
            select count(*) filter (where sync_state = 'sync') > 0 and count(*) = ?
            from pg_stat_replication
            where state = 'streaming'
            """;

    private final GuardedDaemon etcd;
    private final ServerLogin login;
    private final List<PatroniServer> servers;

    /** Written by whoever closes it, read as the lab ends. */
    private volatile boolean isClosed;

    private PatroniCluster(GuardedDaemon etcd, ServerLogin login, List<PatroniServer> servers) {
        this.etcd = etcd;
        this.login = login;
        this.servers = servers;
    }

    /** Starts all servers, the first one first, and makes the program's empty database. */
    static PatroniCluster start(Path folder, FailoverOptions options)
            throws IOException, InterruptedException, SQLException {
        var binaries =
                OwnPostgres.installed()
                        .orElseThrow(() ->
                                new IOException(
                                        "PostgreSQL is needed: apt-get install postgresql"));
        var port = FreePort.find();
        var login = ServerLogin.any();
        var cluster =
                new PatroniCluster(startEtcd(folder, port), login, new CopyOnWriteArrayList<>());
        // PostgreSQL is no child of the lab's, and would outlive an interrupted one
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::endServers));
        try {
            var settings =
                    new PatroniSettings(binaries, port, options.etcd(), options.isStrict(), login);
            for (var number = 1; number <= options.servers(); number++) {
                var name = "db" + number;
                cluster.servers.add(PatroniServer.start(name, folder.resolve(name), settings));
                if (number == 1) {
                    await("a primary", START, () -> cluster.servers.getFirst().is("primary"));
                }
            }
            await("a synchronous standby", START, cluster::isWhole);
            cluster.createDatabase();
            return cluster;
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static GuardedDaemon startEtcd(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        var client = "http://127.0.0.1:" + port;
        var peer = "http://127.0.0.1:" + FreePort.find();
        return GuardedDaemon.start(
                List.of(
                        "etcd",
                        "--enable-v2=true",
                        "--data-dir",
                        folder.resolve("etcd").toString(),
                        "--listen-client-urls",
                        client,
                        "--advertise-client-urls",
                        client,
                        "--listen-peer-urls",
                        peer,
                        "--initial-advertise-peer-urls",
                        peer,
                        "--initial-cluster",
                        "default=" + peer),
                "ready to serve client requests",
                new ServerLog(folder.resolve("etcd.log")));
    }

    private void createDatabase() throws SQLException, InterruptedException, IOException {
        try (var connection = connect(primary(), ServerLogin.SUPERUSER, "postgres");
                var statement = connection.createStatement()) {
            statement.execute(
                    "create role %s login password '%s' connection limit 50"
                            .formatted(ServerLogin.PROGRAM, login.password()));
            statement.execute(
                    "create database %s owner %s"
                            .formatted(ServerLogin.DATABASE, ServerLogin.PROGRAM));
        }
    }

    private Connection connect(PatroniServer server, String user, String database)
            throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=3&socketTimeout=30"
                        .formatted(server.port(), database),
                user,
                login.password());
    }

    /** To the program's database, whichever server is the primary. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s/%s?targetServerType=primary&connectTimeout=3&socketTimeout=60"
                        .formatted(hosts(), ServerLogin.DATABASE),
                ServerLogin.PROGRAM,
                login.password());
    }

    List<PatroniServer> servers() {
        return List.copyOf(servers);
    }

    ServerLogin login() {
        return login;
    }

    /** All of them, as in a URL. */
    String hosts() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(","));
    }

    PatroniServer primary() throws IOException, InterruptedException {
        return that("primary").orElseThrow(() -> new IOException("no server is the primary"));
    }

    PatroniServer synchronousStandby() throws IOException, InterruptedException {
        return that("synchronous")
                .orElseThrow(() -> new IOException("no server is a synchronous standby"));
    }

    /** The one that says so of itself. */
    private Optional<PatroniServer> that(String role) throws InterruptedException {
        for (var server : servers) {
            if (server.is(role)) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }

    /** Until another one is the primary than this. */
    void awaitTakeover(PatroniServer old) throws IOException, InterruptedException {
        await(
                "another primary",
                CHANGE,
                () -> {
                    for (var server : servers) {
                        if (server != old && server.is("primary")) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /**
     * Until one is the primary and all others follow it, at least one of them synchronously, and
     * whether that came to be.
     */
    boolean awaitWhole() throws InterruptedException {
        return isSoon(CHANGE, this::isWhole);
    }

    /** By what PostgreSQL does, and by what Patroni has written down: either may be behind. */
    private boolean isWhole() throws InterruptedException {
        var primary = that("primary");
        return primary.isPresent() && isFollowed(primary.get()) && that("synchronous").isPresent();
    }

    private boolean isFollowed(PatroniServer primary) {
        try (var connection = connect(primary, ServerLogin.SUPERUSER, "postgres");
                var statement = connection.prepareStatement(STREAMING)) {
            statement.setInt(1, servers.size() - 1);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        } catch (SQLException _) {
            // not yet, or not any more
            return false;
        }
    }

    /** As its operator would. */
    void switchOver() throws IOException, InterruptedException {
        var from = primary();
        var to = synchronousStandby();
        var status =
                from.post(
                        "/switchover",
                        "{\"leader\": \"%s\", \"candidate\": \"%s\"}"
                                .formatted(from.name(), to.name()));
        if (status.filter(each -> each == 200).isEmpty()) {
            throw new IOException("Patroni doesn't switch over: " + status);
        }
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void await(String what, Duration patience, Condition condition)
            throws IOException, InterruptedException {
        if (!isSoon(patience, condition)) {
            throw new IOException("there isn't " + what + "; see patroni.log of each server");
        }
    }

    private static boolean isSoon(Duration patience, Condition condition)
            throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private void endServers() {
        try {
            if (!isClosed) {
                closeServers();
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("servers may be left: " + e);
        }
    }

    private void closeServers() throws IOException, InterruptedException {
        for (var server : servers) {
            server.close();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        isClosed = true;
        closeServers();
        etcd.close();
    }
}
