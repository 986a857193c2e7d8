package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** {@link CommitUntilKilled} as a process of its own. */
record CommittingProgram(Path folder, String mark, Process process, BufferedReader said)
        implements AutoCloseable {

    static CommittingProgram start(Path folder) throws IOException {
        var mark = UUID.randomUUID().toString();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CommitUntilKilled.class.getName(),
                                folder.toString(),
                                mark)
                        .redirectError(Path.of("target", "committing-program.log").toFile())
                        .start();
        return new CommittingProgram(folder, mark, process, process.inputReader());
    }

    /** Returns when it has committed that many rows. */
    void awaitCommits(int rows) throws IOException {
        for (var i = 1; i <= rows; i++) {
            assertThat(said.readLine())
                    .as("see target/committing-program.log")
                    .isEqualTo(String.valueOf(i));
        }
    }

    /** The process of its database. */
    ProcessHandle server() throws IOException {
        var file = folder.resolve("postgres").resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    }

    /**
     * Kills it.
     *
     * @return how many rows it has said are committed, beside those that were awaited
     */
    long kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
        return said.lines().filter(line -> line.matches("[0-9]+")).count();
    }

    /** The numbers of its rows that are in the database. */
    List<Integer> stored(Database database) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select cast(split_part(name, ' ', 2) as integer) as number
                                from workspace
                                where split_part(name, ' ', 1) = :mark
                                order by number
                                """)
                        .bind("mark", mark)
                        .mapTo(Integer.class)
                        .list());
    }

    @Override
    public void close() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }
}
