package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import dev.postrider.boot.ListenAddresses;
import dev.postrider.boot.Settings;
import dev.postrider.boot.StorageAhead;
import dev.postrider.boot.UnknownVariables;
import dev.postrider.boot.Variable;
import dev.postrider.log.Journal;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The server: from its settings until it is stopped. It stands beside the commands and knows
 * nothing of them, so that a start doesn't load what understands words.
 *
 * @param environment looks a variable up
 */
record Serve(Function<String, Optional<String>> environment) {
    void run() {
        configure(Settings.read(environment));
        Quarkus.run(UntilStopped.class, Main::end);
    }

    /** Tells the framework, and begins what needn't wait for it. */
    static void configure(Settings settings) {
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
        if (settings.telemetry().isOn()) {
            // its lines carry their facts too
            System.setProperty("postrider.log.fields", "true");
        }
        StorageAhead.open(settings);
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

    /** The program's main thread while it serves. */
    public static final class UntilStopped implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            sayUnknown(System.getenv());
            say(CDI.current().select(Settings.class).get().listening());
            Quarkus.waitForExit();
            return 0;
        }
    }

    /** Whoever writes POSTRIDER_HTPP_PORT would otherwise look for long. */
    private static void sayUnknown(Map<String, String> variables) {
        for (var unknown : UnknownVariables.among(variables)) {
            Journal.of("boot")
                    .warning(
                            "unknown setting is not read",
                            "variable",
                            unknown.variable(),
                            "meant",
                            unknown.meant().map(Variable::variable).orElse("?"));
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

    /** The port that is listened on, which the settings may have left open. */
    static int port(String scheme) {
        return ConfigProvider.getConfig()
                .getValue(
                        scheme.equals("https") ? "quarkus.http.ssl-port" : "quarkus.http.port",
                        Integer.class);
    }

    /** As {@link #port}, of the port that orchestrators ask. */
    static int managementPort() {
        return ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    }
}
