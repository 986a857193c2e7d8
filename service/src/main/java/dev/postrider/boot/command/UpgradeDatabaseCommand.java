package dev.postrider.boot.command;

import dev.postrider.backup.BackupUnusable;
import dev.postrider.backup.Progress;
import dev.postrider.backup.UpgradeDatabase;
import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Settings;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code ./postrider upgrade-database}: the embedded data, to the newest PostgreSQL. */
@Command(
        name = "upgrade-database",
        description = {
            "Moves the embedded database's data to the PostgreSQL that Postrider brings, with the"
                    + " program stopped.",
            "All rows are copied beside the old data and compared with it; the old data is kept."
                    + " The programs that made it must be installed."
        })
record UpgradeDatabaseCommand(Function<String, Optional<String>> environment, PrintStream terminal)
        implements Runnable {
    @Override
    public void run() {
        var settings = Settings.read(environment);
        if (settings.databaseUrl().isPresent()) {
            throw new CannotStart(
                    "POSTRIDER_DATABASE_URL names a PostgreSQL of yours: upgrade it with its own"
                            + " tools (pg_upgrade).");
        }
        try {
            switch (new UpgradeDatabase(Progress.on(terminal, "Copying")).run(settings.dataDir())) {
                case UpgradeDatabase.Done.Already(var version) ->
                        terminal.println("The data is of PostgreSQL " + version + " already.");
                case UpgradeDatabase.Done.Upgraded(var from, var to, var rows, var kept) ->
                        terminal.println(
                                "%,d rows were copied from PostgreSQL %d to %d and compared. The old data is kept in %s: delete it when all is well."
                                        .formatted(rows, from, to, kept));
            }
        } catch (BackupUnusable e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }
}
