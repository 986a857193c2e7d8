package dev.postrider.postgres.embedded;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A program with an embedded database that commits rows, says so on its standard output, one number
 * a line, and goes on until it is killed.
 */
final class CommitUntilKilled {
    private CommitUntilKilled() {}

    /**
     * Starts it.
     *
     * @param arguments the data folder, and the text that marks the rows
     */
    public static void main(String... arguments) {
        var database =
                EmbeddedDatabase.open(DataFolder.take(Path.of(arguments[0])), ServerChoice.BUNDLED);
        for (var number = 1; ; number++) {
            var name = arguments[1] + " " + number;
            database.inTransaction(handle ->
                    handle.createUpdate(
                                    """
                                    insert into workspace (id, name)
                                    values (:id, :name)
                                    """)
                            .bind("id", UUID.randomUUID())
                            .bind("name", name)
                            .execute());
            System.out.println(number);
        }
    }
}
