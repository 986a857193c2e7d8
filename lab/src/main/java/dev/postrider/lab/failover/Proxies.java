package dev.postrider.lab.failover;

import dev.postrider.testkit.daemon.GuardedDaemon;
import dev.postrider.testkit.daemon.ServerLog;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HAProxy and PgBouncer before the servers, as far as the route has them. */
final class Proxies implements AutoCloseable {
    private static final String PLACES = "/usr/local/sbin:/usr/sbin:/sbin:";

    private final Path folder;
    private final Route route;
    private final PatroniCluster cluster;
    private final int proxyPort;
    private final int poolerPort;
    private Optional<GuardedDaemon> proxy = Optional.empty();
    private Optional<GuardedDaemon> pooler = Optional.empty();

    private Proxies(
            Path folder, Route route, PatroniCluster cluster, int proxyPort, int poolerPort) {
        this.folder = folder;
        this.route = route;
        this.cluster = cluster;
        this.proxyPort = proxyPort;
        this.poolerPort = poolerPort;
    }

    static Proxies start(Path folder, Route route, PatroniCluster cluster) throws IOException {
        var proxies = new Proxies(folder, route, cluster, FreePort.find(), FreePort.find());
        try {
            proxies.startAll();
            return proxies;
        } catch (IOException | RuntimeException e) {
            proxies.close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        Files.createDirectories(folder);
        if (route.hasProxy()) {
            var settings = Files.writeString(folder.resolve("haproxy.cfg"), haproxy());
            proxy =
                    Optional.of(
                            start(
                                    "haproxy",
                                    List.of("haproxy", "-W", "-db", "-f", settings.toString()),
                                    "Loading success"));
        }
        if (route.hasPooler()) {
            Files.writeString(folder.resolve("pgbouncer.ini"), pgbouncer());
            Files.writeString(
                    folder.resolve("users.txt"),
                    "\"%s\" \"%s\"\n".formatted(ServerLogin.PROGRAM, cluster.login().password()));
            restartPooler();
        }
    }

    private String haproxy() {
        var servers =
                cluster.servers().stream()
                        .map(server ->
                                "    server %s 127.0.0.1:%d check port %d%n"
                                        .formatted(server.name(), server.port(), server.apiPort()))
                        .collect(Collectors.joining());
        return """
        defaults
            mode tcp
            timeout connect 4s
            timeout client 30m
            timeout server 30m
        listen primary
            bind 127.0.0.1:%d
            option httpchk OPTIONS /primary
            http-check expect status 200
            default-server inter 1s fall 3 rise 1 on-marked-down shutdown-sessions
        %s\
        """
                .formatted(proxyPort, servers);
    }

    private String pgbouncer() {
        return """
        [databases]
        %s = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = %s
        pool_mode = %s
        default_pool_size = 40
        server_login_retry = 1
        server_connect_timeout = 5
        query_wait_timeout = 10
        """
                .formatted(
                        ServerLogin.DATABASE,
                        proxyPort,
                        poolerPort,
                        folder.resolve("users.txt"),
                        route.text());
    }

    /** {@code PATH} of a user who isn't root may not name the places of daemons. */
    private GuardedDaemon start(String name, List<String> command, String readyWords)
            throws IOException {
        var words =
                List.of("env", "PATH=" + PLACES + System.getenv().getOrDefault("PATH", "/usr/bin"));
        return GuardedDaemon.start(
                Stream.concat(words.stream(), command.stream()).toList(),
                readyWords,
                new ServerLog(folder.resolve(name + ".log")));
    }

    /** As it is given to nodes in {@code POSTRIDER_DATABASE_URL}. */
    String url() {
        return url(
                switch (route) {
                    case HOSTS -> cluster.hosts();
                    case HAPROXY -> "127.0.0.1:" + proxyPort;
                    case SESSION, TRANSACTION -> "127.0.0.1:" + poolerPort;
                });
    }

    /** To the servers themselves. */
    String directUrl() {
        return url(cluster.hosts());
    }

    private String url(String hosts) {
        return "postgresql://%s:%s@%s/%s"
                .formatted(
                        ServerLogin.PROGRAM,
                        cluster.login().password(),
                        hosts,
                        ServerLogin.DATABASE);
    }

    void killPooler() {
        pooler.ifPresent(GuardedDaemon::close);
        pooler = Optional.empty();
    }

    void restartPooler() throws IOException {
        pooler =
                Optional.of(
                        start(
                                "pgbouncer",
                                // it refuses to run as root, too
                                OwnPostgres.asPostgres(
                                        "pgbouncer", folder.resolve("pgbouncer.ini").toString()),
                                "process up"));
    }

    @Override
    public void close() {
        pooler.ifPresent(GuardedDaemon::close);
        proxy.ifPresent(GuardedDaemon::close);
    }
}
