package dev.postrider.postgres;

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
            System.setProperty(URL, FreshDatabase.text(start()));
        }
        return Optional.of(System.getProperty(URL));
    }

    private static DatabaseUrl start() {
        var packaged = PackagedServer.installed();
        var url = packaged.map(PackagedServer::start).orElseGet(OwnServer::startEmbedded);
        System.out.println(
                "These tests run against an own PostgreSQL: "
                        + packaged.map(server -> server.binaries().toString())
                                .orElse("the embedded binaries, for no package is installed"));
        return url;
    }

    private static DatabaseUrl startEmbedded() {
        var folder = DataFolder.take(Path.of("target", "own-postgres").toAbsolutePath());
        var server = SupervisedServer.start(folder, ServerChoice.BUNDLED);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server.url();
    }
}
