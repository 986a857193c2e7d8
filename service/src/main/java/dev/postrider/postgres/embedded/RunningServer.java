package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The embedded server of another program, for commands that work beside it. */
public final class RunningServer {
    private static final int PORT_LINE = 3;

    private RunningServer() {}

    /**
     * Where the server of a data folder is reached.
     *
     * @throws DatabaseUnusable when none runs, or the folder isn't readable
     */
    public static DatabaseUrl of(Path dataFolder) {
        var files = new ServerFiles(dataFolder);
        try {
            var process = Files.readAllLines(files.data().resolve("postmaster.pid"));
            var password = Files.readString(files.password()).strip();
            var port = Integer.parseInt(process.get(PORT_LINE).strip());
            return new DatabaseUrl("127.0.0.1", port, "postrider", "postgres", password, "");
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException _) {
            throw new DatabaseUnusable(
                    "No Postrider runs on the data folder "
                            + dataFolder
                            + ": start it with ./postrider serve, then try again beside it.");
        }
    }
}
