package dev.postrider.doctor;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the embedded database can start for root: PostgreSQL refuses to, so it is started in a
 * user namespace, which some systems and containers forbid.
 *
 * @param command makes such a namespace and does nothing in it
 */
public record CheckRoot(String user, List<String> command) implements Check {
    private static final long PATIENCE = 5;

    public CheckRoot(String user) {
        this(user, List.of("unshare", "--user", "true"));
    }

    @Override
    public String about() {
        return "User";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (!user.equals("root")) {
            return List.of(Finding.ok("user", "This runs as " + user + "."));
        }
        return List.of(
                works()
                        ? Finding.ok(
                                "user-root",
                                "This runs as root; the embedded database can have a user namespace.")
                        : Finding.problem(
                                "user-namespaces-closed",
                                "This runs as root, and a user namespace can't be made.",
                                "PostgreSQL refuses to run as root, so the embedded database needs"
                                        + " one.",
                                "Run Postrider as a user of its own, allow user namespaces"
                                        + " (kernel.unprivileged_userns_clone, the container's seccomp"
                                        + " profile), or use a PostgreSQL elsewhere"
                                        + " (POSTRIDER_DATABASE_URL)."));
    }

    private boolean works() throws InterruptedException {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
