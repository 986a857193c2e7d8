package dev.postrider.bench.apis;

import dev.postrider.bench.rig.Folders;
import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProgramRig;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A program that trusts the servers, and the servers. */
record Rig(ProgramRig program, Servers servers, Path folder) implements AutoCloseable {
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final String JVM = "-XX:+UseSerialGC -Xms64m -Xmx384m ";
    private static final int NO_LIMIT = 1_000_000;

    /** Mailboxes that are connected at once. */
    private static final int AT_ONCE = 4;

    static Rig start(Path launcher, int mailboxes)
            throws IOException, InterruptedException, SQLException {
        var folder =
                Files.createTempDirectory(
                        launcher.toAbsolutePath().resolveSibling("bench").resolve("target"),
                        "apis-");
        var servers = Servers.start(folder, mailboxes, ROUND_TRIP);
        var settings =
                Map.of(
                        "POSTRIDER_PROVIDERS_FILE",
                        servers.providersFile().toString(),
                        "POSTRIDER_JAVA_OPTIONS",
                        JVM + servers.trusting());
        return new Rig(ProgramRig.start(launcher, settings), servers, folder);
    }

    /** Connects the scenario's mailboxes; a request for each. */
    List<byte[]> requests(Scenario scenario) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var connected = new ArrayList<Future<String>>();
            for (var i = 0; i < scenario.mailboxes(); i++) {
                var address = Servers.address(i);
                connected.add(threads.submit(() -> connect(scenario, address)));
            }
            for (var each : connected) {
                var _ = each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a mailbox isn't connected", e.getCause());
        }
        var key =
                program.user()
                        .post("/api-keys", Map.of("name", "bench", "per_second", 10_000))
                        .text("token");
        return IntStream.range(0, scenario.mailboxes())
                .mapToObj(i -> Content.request(Servers.address(i), key, scenario.octets()))
                .toList();
    }

    private String connect(Scenario scenario, String address)
            throws IOException, InterruptedException {
        var body = new HashMap<String, Object>();
        body.put("address", address);
        body.put("provider", scenario.wire().text());
        switch (scenario.wire()) {
            case GMAIL -> body.put("app", "service-account");
            case MICROSOFT -> body.put("app", "daemon");
            case SMTP ->
                    body.put(
                            "smtp",
                            Map.of(
                                    "host",
                                    "127.0.0.1",
                                    "port",
                                    servers.port(Wire.SMTP),
                                    "tls",
                                    "starttls",
                                    "ca",
                                    servers.authority()));
        }
        if (scenario.kind() == Scenario.Kind.FULL) {
            body.put(
                    "limits",
                    Map.of(
                            "messages_per_minute", NO_LIMIT,
                            "messages_per_day", NO_LIMIT,
                            "recipients_per_day", NO_LIMIT,
                            "connections", 2));
        }
        return user().post("/mailboxes", body).text("id");
    }

    private Api user() {
        return program.user();
    }

    /** A loop without us, in a process. */
    JavaProcess plainLoop(Scenario scenario, Duration warmUp, Duration time) throws IOException {
        Files.writeString(folder.resolve("authority.pem"), servers.authority());
        Files.writeString(
                folder.resolve("tokens"),
                IntStream.range(0, scenario.mailboxes())
                        .mapToObj(i -> servers.token(scenario.wire(), i))
                        .collect(Collectors.joining("\n")));
        return JavaProcess.start(
                PlainLoop.class,
                List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx384m"),
                scenario.key(),
                String.valueOf(servers.port(scenario.wire())),
                folder.toString(),
                String.valueOf(warmUp.toSeconds()),
                String.valueOf(time.toSeconds()));
    }

    @Override
    public void close() throws IOException, SQLException {
        program.close();
        servers.close();
        Folders.delete(folder);
    }
}
