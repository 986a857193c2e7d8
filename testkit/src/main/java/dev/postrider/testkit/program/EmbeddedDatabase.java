package dev.postrider.testkit.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL inside a running program.
 *
 * @param pid of its first process, the parent of all others
 */
public record EmbeddedDatabase(long pid, int port, String password) {

    /** Looks into the data folder of a program that is up. */
    public static EmbeddedDatabase in(Path dataFolder) throws IOException {
        // PostgreSQL's own file: the process's id stands in its first line, the port in its fourth
        var lines = Files.readAllLines(dataFolder.resolve("postgres").resolve("postmaster.pid"));
        return new EmbeddedDatabase(
                Long.parseLong(lines.getFirst().strip()),
                Integer.parseInt(lines.get(3).strip()),
                Files.readString(dataFolder.resolve("postgres.password")).strip());
    }

    /** The first, and all others now. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.of(pid).stream()
                .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                .toList();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postrider", "postgres", password);
    }
}
