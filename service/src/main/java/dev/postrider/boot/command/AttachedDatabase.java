package dev.postrider.boot.command;

import dev.postrider.boot.Settings;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.embedded.RunningServer;

/** Opens the database of a program that runs, for a command beside it. */
final class AttachedDatabase {
    private AttachedDatabase() {}

    static Database database(Settings settings) {
        return Database.at(
                settings.databaseUrl().orElseGet(() -> RunningServer.of(settings.dataDir())));
    }
}
