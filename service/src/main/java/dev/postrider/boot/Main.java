package dev.postrider.boot;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.vault.MasterKeyUnusable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the program, or says in one line why it can't. */
@QuarkusMain
public final class Main {
    /** The exit status of a start that its operator has to mend (EX_CONFIG of sysexits.h). */
    private static final int EXIT_CONFIGURATION = 78;

    private Main() {}

    public static void main(String... arguments) {
        try {
            configure(Settings.read(name -> Optional.ofNullable(System.getenv(name))));
        } catch (CannotStart e) {
            end(EXIT_CONFIGURATION, e);
        }
        Quarkus.run(UntilStopped.class, Main::end, arguments);
    }

    private static void configure(Settings settings) {
        requireFree("POSTRIDER_HTTP_PORT", settings.httpPort());
        requireFree("POSTRIDER_MANAGEMENT_PORT", settings.managementPort());
        System.setProperty("quarkus.http.port", String.valueOf(settings.httpPort()));
        System.setProperty("quarkus.management.port", String.valueOf(settings.managementPort()));
        System.setProperty(
                "quarkus.log.console.json.enabled",
                String.valueOf(settings.logFormat() == Settings.LogFormat.JSON));
    }

    /** Better said now, in one line, than by the HTTP server when all else is up. */
    private static void requireFree(String variable, int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new CannotStart(
                    "Port "
                            + port
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
            Quarkus.waitForExit();
            return 0;
        }
    }
}
