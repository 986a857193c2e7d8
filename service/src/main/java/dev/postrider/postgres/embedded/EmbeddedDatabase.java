package dev.postrider.postgres.embedded;

import dev.postrider.postgres.Database;

/** The database of the embedded server. */
public final class EmbeddedDatabase {
    private EmbeddedDatabase() {}

    /**
     * Starts the server on the folder's data and brings its schema up to date.
     *
     * @throws dev.postrider.postgres.DatabaseUnusable when it doesn't start
     */
    public static Database open(DataFolder folder, ServerChoice choice) {
        return Database.of(SupervisedServer.start(folder, choice));
    }
}
