package dev.postrider.boot;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.RunningServer;

/** Opens the database of a program that runs, for a command beside it. */
final class Beside {
    private Beside() {}

    static Database database(Settings settings) {
        return Database.at(
                settings.databaseUrl().orElseGet(() -> RunningServer.of(settings.dataDir())));
    }
}
