package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import dev.postrider.boot.StorageAhead;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.vault.MasterKeyUnusable;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what its words say, or says in one line why it can't. */
@QuarkusMain
public final class Main {
    /** The exit status of a start that its operator has to mend (EX_CONFIG of sysexits.h). */
    private static final int EXIT_CONFIGURATION = 78;

    /**
     * The exit status of a start that lacks what another has to give and may have later, so that a
     * supervisor tries again (EX_TEMPFAIL).
     */
    private static final int EXIT_AWAY = 75;

    /** For how many seconds the JDK takes a name's address for known. */
    private static final String NAMES_KEPT = "sun.net.inetaddr.ttl";

    private Main() {}

    public static void main(String... arguments) {
        // the JDK's own is 30 s, which is longer than a failover that changes a name's address
        System.setProperty(NAMES_KEPT, System.getProperty(NAMES_KEPT, "5"));
        try {
            var words = Arrays.asList(arguments);
            // the way of each start: nothing about commands is loaded for it
            if (words.isEmpty() || words.equals(List.of("serve"))) {
                new Serve(Main::environment).run();
            } else {
                System.exit(new Commands(Main::environment, System.out).run(words));
            }
        } catch (CannotStart | MasterKeyUnusable | DatabaseUnusable e) {
            end(EXIT_CONFIGURATION, e);
        }
    }

    private static boolean passes(Throwable cause) {
        return (cause instanceof DatabaseUnusable database && database.passes())
                || (cause instanceof MasterKeyUnusable key && key.passes());
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    /** Ends the program, with words about what its operator can mend. */
    static void end(int exitCode, @Nullable Throwable failure) {
        StorageAhead.abandon();
        if (failure == null) {
            System.exit(exitCode);
            return;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart
                    || cause instanceof DatabaseUnusable
                    || cause instanceof MasterKeyUnusable) {
                System.err.println("postrider: " + cause.getMessage());
                System.exit(passes(cause) ? EXIT_AWAY : EXIT_CONFIGURATION);
            }
        }
        failure.printStackTrace();
        System.exit(exitCode == 0 ? 1 : exitCode);
    }
}
