package dev.postrider.lab.crash;

import dev.postrider.testkit.program.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** How the lab reaches the database behind the program's back. */
public interface ConnectDatabase {
    Connection connect() throws SQLException;

    /** The one inside a program, which may have been started anew since. */
    static ConnectDatabase embedded(Path dataFolder) {
        return () -> {
            try {
                return EmbeddedDatabase.in(dataFolder).connect();
            } catch (IOException e) {
                throw new SQLException("the embedded database doesn't run", e);
            }
        };
    }
}
