package dev.postrider.backup;

import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.EmbeddedDatabase;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.rig.FlowRig;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program with an embedded database that accepts and sends emails, says the id of each on its
 * standard output once it is accepted, and goes on until it is killed.
 */
final class SendUntilKilled {
    private SendUntilKilled() {}

    /**
     * Starts it.
     *
     * @param arguments the data folder, and the port of the mailbox's server
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        // a folder that nobody refers to any more is anybody's
        try (var folder = DataFolder.take(Path.of(arguments[0]));
                var database = EmbeddedDatabase.open(folder, ServerChoice.BUNDLED);
                var rig = new FlowRig(database)) {
            var lane = rig.lanes().smtp(Integer.parseInt(arguments[1]));
            while (!Thread.currentThread().isInterrupted()) {
                System.out.println(rig.lanes().queue(lane).id());
            }
        }
    }
}
