package dev.postrider.postgres;

import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.SupervisedServer;
import dev.postrider.testkit.program.OwnPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL like an operator's own, for a test run with {@code -Dpostrider.test.database=own}:
 * of Debian's packages, or where there are none a second one of the embedded kind. It is told which
 * of them.
 */
final class OwnServer {
    /** Several class loaders have this class, so where the server is stands with the system's. */
    private static final String URL = "postrider.test.database.url";

    private OwnServer() {}

    /** Where it is; empty when the test run asks for the embedded one. */
    static synchronized Optional<String> url() {
        if (!System.getProperty("postrider.test.database", "embedded").equals("own")) {
            return Optional.empty();
        }
        if (System.getProperty(URL) == null) {
            System.setProperty(URL, start());
        }
        return Optional.of(System.getProperty(URL));
    }

    private static String start() {
        try {
            var packaged = OwnPostgres.installed();
            System.out.println(
                    "These tests run against an own PostgreSQL: "
                            + packaged.map(Path::toString)
                                    .orElse("the embedded binaries, for no package is installed"));
            return packaged.isPresent()
                    ? OwnPostgres.temporary(packaged.get()).url()
                    : startEmbedded();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String startEmbedded() {
        var folder = DataFolder.take(Path.of("target", "own-postgres").toAbsolutePath());
        var server = SupervisedServer.start(folder, ServerChoice.BUNDLED);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return FreshDatabase.text(server.url());
    }
}
