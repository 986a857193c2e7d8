package dev.postrider.lab.backup;

import dev.postrider.lab.crash.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * {@code ./postrider upgrade-database} between two runs of a program, killed. After each kill the
 * program starts on the old data, or on all of the new, and its callers go on.
 *
 * @param folder its data folder
 * @param broken gets what isn't as it must be
 */
record KillUpgrades(
        Random random, RunCommand command, Node node, Path folder, List<String> broken) {
    private static final int RANDOM_KILLS = 3;
    private static final int LONGEST_MILLIS = 6_000;
    private static final int RUNS_MILLIS = 3_000;

    void run() throws IOException, InterruptedException {
        for (var kill = 0; kill < RANDOM_KILLS; kill++) {
            var old = version();
            node.end();
            var ended =
                    command.killedAfter(500 + random.nextInt(LONGEST_MILLIS), "upgrade-database");
            System.out.println("upgrade-database, " + ended);
            startAgain();
            if (ended.isGood()) {
                return;
            }
            if (!version().equals(old) && !Files.exists(folder.resolve("postgres-" + old))) {
                broken.add("the old data is gone");
            }
        }
        node.end();
        System.out.println(
                "upgrade-database, " + command.killedAt("DATA_STAGED", "upgrade-database"));
        startAgain();
        node.end();
        System.out.println(
                "upgrade-database, " + command.killedAt("DATA_ASIDE", "upgrade-database"));
        startAgain();
        node.end();
        var again = command.toItsEnd("upgrade-database");
        System.out.println("upgrade-database, " + again);
        if (!again.isGood() || !again.said().contains("already")) {
            broken.add("a start hasn't ended the upgrade: " + again);
        }
        node.restart();
    }

    private void startAgain() throws IOException, InterruptedException {
        node.restart();
        System.out.println("it runs on PostgreSQL " + version());
        Thread.sleep(RUNS_MILLIS);
    }

    private String version() throws IOException {
        return Files.readString(folder.resolve("postgres/PG_VERSION")).strip();
    }
}
