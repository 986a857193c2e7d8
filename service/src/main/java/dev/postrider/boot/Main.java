package dev.postrider.boot;

import dev.postrider.boot.rehearsal.Rehearsal;
import dev.postrider.log.Journal;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.vault.MasterKeyUnusable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Starts the program, or says in one line why it can't. */
@QuarkusMain
public final class Main {
    /** The exit status of a start that its operator has to mend (EX_CONFIG of sysexits.h). */
    private static final int EXIT_CONFIGURATION = 78;

    private Main() {}

    public static void main(String... arguments) {
        try {
            switch (Arrays.asList(arguments)) {
                case List<String> words when words.isEmpty() || words.equals(List.of("serve")) ->
                        serve();
                case List<String> words when words.equals(List.of("demo")) -> demo();
                case List<String> words when words.equals(List.of("demo", "--once")) ->
                        demo("--once");
                case List<String> words when words.equals(List.of("demo", "--rehearse")) -> {
                    System.setProperty("POSTRIDER_OUTBOUND_ALLOW", "127.0.0.1/32");
                    demo("--rehearse");
                }
                case List<String> words when words.getFirst().equals("keys") ->
                        new KeysCommand(
                                        name -> Optional.ofNullable(System.getenv(name)),
                                        System.out)
                                .run(words.subList(1, words.size()));
                case List<String> words when words.getFirst().equals("workspaces") ->
                        new WorkspacesCommand(
                                        name -> Optional.ofNullable(System.getenv(name)),
                                        System.out)
                                .run(words.subList(1, words.size()));
                case List<String> words ->
                        throw new CannotStart(
                                "\""
                                        + String.join(" ", words)
                                        + "\" is not understood: see ./postrider help.");
            }
        } catch (CannotStart | MasterKeyUnusable | DatabaseUnusable e) {
            end(EXIT_CONFIGURATION, e);
        }
    }

    private static void serve() {
        configure(Settings.read(name -> Optional.ofNullable(System.getenv(name))));
        Quarkus.run(UntilStopped.class, Main::end);
    }

    /** Its password is known to everyone, so it listens on loopback only. */
    private static void demo(String... arguments) {
        var demo =
                Map.of(
                        "POSTRIDER_HTTP_HOST", ListenAddresses.LOOPBACK,
                        "POSTRIDER_DATA_DIR", Path.of("postrider-data", "demo").toString(),
                        "POSTRIDER_ADMIN_EMAIL", Demo.USER,
                        "POSTRIDER_ADMIN_PASSWORD", Demo.PASSWORD);
        demo.forEach((name, value) -> {
            if (System.getenv(name) == null || !name.equals("POSTRIDER_DATA_DIR")) {
                System.setProperty(name, value);
            }
        });
        System.setProperty("quarkus.log.level", "WARN");
        configure(Settings.read(Main::property));
        Quarkus.run(RunDemo.class, Main::end, arguments);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)));
    }

    private static void configure(Settings settings) {
        var listening = settings.listening();
        requireFree("POSTRIDER_HTTP_PORT", listening.address(), listening.port());
        requireFree(
                "POSTRIDER_MANAGEMENT_PORT",
                listening.managementHost(),
                listening.managementPort());
        listening.properties().forEach(System::setProperty);
        System.setProperty(
                "quarkus.log.console.json.enabled",
                String.valueOf(settings.logFormat() == Settings.LogFormat.JSON));
    }

    /** Better said now, in one line, than by the HTTP server when all else is up. */
    private static void requireFree(String variable, String host, int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new CannotStart(
                    "Port "
                            + port
                            + " of "
                            + host
                            + " can't be listened on ("
                            + e.getMessage()
                            + "): stop what uses it, or set "
                            + variable
                            + " to another.");
        }
    }

    private static void end(int exitCode, @Nullable Throwable failure) {
        if (failure == null) {
            System.exit(exitCode);
            return;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart
                    || cause instanceof DatabaseUnusable
                    || cause instanceof MasterKeyUnusable) {
                System.err.println("postrider: " + cause.getMessage());
                System.exit(EXIT_CONFIGURATION);
            }
        }
        failure.printStackTrace();
        System.exit(exitCode == 0 ? 1 : exitCode);
    }

    /** The program's main thread while it serves. */
    public static final class UntilStopped implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            say(CDI.current().select(Settings.class).get().listening());
            Quarkus.waitForExit();
            return 0;
        }
    }

    private static void say(ListenAddresses listening) {
        var journal = Journal.of("boot");
        var scheme = listening.tls().isPresent() ? "https" : "http";
        journal.event(
                "listening",
                "port",
                port(scheme),
                "address",
                listening.address(),
                "api",
                scheme + "://localhost:" + port(scheme) + "/docs");
        if (listening.isInTheClear()) {
            journal.warning(
                    "passwords and tokens are sent unencrypted: set POSTRIDER_TLS_CERT and"
                            + " POSTRIDER_TLS_KEY, or let only a proxy that speaks TLS reach this address"
                            + " (docs/tls.md)",
                    "address",
                    listening.address());
        }
        if (listening.isManagementOpen()) {
            journal.warning(
                    "metrics and health are reachable by others and need no login",
                    "address",
                    listening.managementHost());
        }
    }

    /** The program's main thread in a demo. */
    public static final class RunDemo implements QuarkusApplication {
        @Override
        public int run(String... arguments) throws Exception {
            var demo = new Demo(port("http"), System.out);
            var arrived = demo.run();
            if (arguments.length == 0 && arrived) {
                demo.printWhatNext();
                Quarkus.waitForExit();
            }
            if (List.of(arguments).contains("--rehearse")) {
                var folder = CDI.current().select(Settings.class).get().dataDir();
                System.out.println(Rehearsal.run(port("http"), demo.token(), folder));
            }
            return arrived ? 0 : 1;
        }
    }

    private static int port(String scheme) {
        return ConfigProvider.getConfig()
                .getValue(
                        scheme.equals("https") ? "quarkus.http.ssl-port" : "quarkus.http.port",
                        Integer.class);
    }
}
