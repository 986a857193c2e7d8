package dev.postrider.lab.backup;

import dev.postrider.lab.crash.CrashLab;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

/**
 * {@code ./postrider backup} beside a program that sends, killed.
 *
 * @param broken gets what isn't as it must be
 */
record KillBackups(
        CrashLab.Options options, Random random, RunCommand command, List<String> broken) {

    void run() throws IOException, InterruptedException {
        var file = options.folder().resolve("killed.backup");
        var whole = command.toItsEnd("backup", file.toString());
        System.out.println("a backup takes " + whole.millis() + " ms");
        for (var round = 0; round < options.rounds(); round++) {
            Files.deleteIfExists(file);
            var ended =
                    round == 0
                            ? command.killedAt("BACKUP_WRITTEN", "backup", file.toString())
                            : command.killedAfter(
                                    random.nextLong(whole.millis()), "backup", file.toString());
            var isThere = Files.exists(file);
            System.out.println(
                    "backup, " + ended + (isThere ? "; a file is there" : "; no file is there"));
            if (isThere) {
                expectWhole(file.toString());
                Files.delete(file);
            }
            var again = command.toItsEnd("backup", file.toString());
            if (!again.isGood()) {
                broken.add("a backup isn't made again: " + again);
            }
            expectWhole(file.toString());
            if (Files.exists(file.resolveSibling("killed.backup.unfinished"))) {
                broken.add("the half of a killed backup stays behind the next one");
            }
        }
    }

    private void expectWhole(String file) throws IOException, InterruptedException {
        var verified = command.toItsEnd("backup", "--verify", file);
        if (!verified.isGood()) {
            broken.add("a backup isn't whole: " + verified);
        }
    }
}
