package dev.postrider.boot.command;

import dev.postrider.boot.ListenAddresses;
import dev.postrider.boot.Settings;
import dev.postrider.boot.rehearsal.Rehearsal;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./postrider demo}: the server, and a newcomer's first email through it. */
@Command(
        name = "demo",
        description = {
            "Sends an email through a sandbox mailbox, shows it arrive, and goes on serving.",
            "Its data is in ./postrider-data/demo unless POSTRIDER_DATA_DIR is set. Its password is"
                    + " known to everyone, so it listens on this machine only."
        })
final class DemoCommand implements Runnable {
    private static final String ONCE = "--once";
    private static final String REHEARSE = "--rehearse";

    @ArgGroup private @Nullable Then then;

    /** What follows the email, instead of serving. */
    static final class Then {
        @Option(names = ONCE, description = "Ends after the email has arrived.")
        private boolean once;

        @Option(
                names = REHEARSE,
                description =
                        "Goes on to send some thousand emails to itself, and ends: for the JVM to"
                                + " record what later starts need.")
        private boolean rehearse;
    }

    @Override
    public void run() {
        if (then != null && then.rehearse) {
            System.setProperty("POSTRIDER_OUTBOUND_ALLOW", "127.0.0.1/32");
            start(REHEARSE);
        } else if (then != null && then.once) {
            start(ONCE);
        } else {
            start();
        }
    }

    private static void start(String... arguments) {
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
        Serve.configure(Settings.read(DemoCommand::property));
        Quarkus.run(RunDemo.class, Main::end, arguments);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)));
    }

    /** The program's main thread in a demo. */
    public static final class RunDemo implements QuarkusApplication {
        @Override
        public int run(String... arguments) throws Exception {
            var demo = new Demo(Serve.port("http"), System.out);
            var arrived = demo.run();
            if (arguments.length == 0 && arrived) {
                demo.printWhatNext();
                Quarkus.waitForExit();
            }
            if (List.of(arguments).contains(REHEARSE)) {
                var folder = CDI.current().select(Settings.class).get().dataDir();
                var ports = new Rehearsal.Ports(Serve.port("http"), Serve.managementPort());
                System.out.println(Rehearsal.run(ports, demo.token(), folder));
            }
            return arrived ? 0 : 1;
        }
    }
}
