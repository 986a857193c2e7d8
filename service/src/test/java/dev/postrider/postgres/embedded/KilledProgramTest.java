package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next start finds after a program was killed: everything that was committed. */
final class KilledProgramTest {
    private static final Path FOLDER = EmbeddedFolder.PATH;
    private static final int ROWS = 20;

    @Test
    void itsDatabaseLivesOnAndTheNextStartEndsIt() throws Exception {
        try (var program = CommittingProgram.start(FOLDER)) {
            program.awaitCommits(ROWS);
            var server = program.server();

            var committed = ROWS + program.kill();

            assertThat(server.info().command()).isPresent();
            assertNextStartHas(committed, program);
            assertThat(server.info().command()).isEmpty();
        }
    }

    @Test
    void itsDatabaseIsKilledTooAndRecovers() throws Exception {
        try (var program = CommittingProgram.start(FOLDER)) {
            program.awaitCommits(ROWS);
            var server = program.server();

            server.destroyForcibly();
            var committed = ROWS + program.kill();

            assertNextStartHas(committed, program);
        }
    }

    @Test
    void itsDatabaseIsShuttingDownAlready() throws Exception {
        try (var program = CommittingProgram.start(FOLDER)) {
            program.awaitCommits(ROWS);
            var server = program.server();
            // a session that stays: the shutdown which waits for sessions would never end
            try (var session = session(server)) {
                assertThat(session.isValid(1)).isTrue();
                signal("TERM", server);

                var committed = ROWS + program.kill();

                assertNextStartHas(committed, program);
                assertThat(server.info().command()).isEmpty();
                assertThat(session.isValid(1)).isFalse();
            }
        }
    }

    @Test
    void aProcessFileThatNamesAnotherProgramHarmsNobody() throws Exception {
        try (var program = CommittingProgram.start(FOLDER)) {
            program.awaitCommits(ROWS);
            var server = program.server();
            server.destroyForcibly();
            var committed = ROWS + program.kill();
            var bystander = new ProcessBuilder("sleep", "600").start();
            try {
                replaceProcess(bystander.pid());

                assertNextStartHas(committed, program);

                assertThat(bystander.isAlive()).isTrue();
            } finally {
                bystander.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aProcessFileThatNamesAnotherPostgresIsForItsOperator(@TempDir Path elsewhere)
            throws Exception {
        try (var folder = DataFolder.take(FOLDER)) {
            EmbeddedDatabase.open(folder, ServerChoice.BUNDLED).close();
            var pretender =
                    Files.copy(Path.of("/bin/sleep").toRealPath(), elsewhere.resolve("postgres"));
            var other = new ProcessBuilder(pretender.toString(), "600").start();
            try {
                Files.writeString(
                        FOLDER.resolve("postgres").resolve("postmaster.pid"), other.pid() + "\n");

                assertThatThrownBy(() -> EmbeddedDatabase.open(folder, ServerChoice.BUNDLED))
                        .isInstanceOf(DatabaseUnusable.class)
                        .hasMessageStartingWith(
                                "Process " + other.pid() + " is a PostgreSQL of another program");
                assertThat(other.isAlive()).isTrue();
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void whileItLivesNobodyElseTakesItsFolder() throws Exception {
        try (var program = CommittingProgram.start(FOLDER)) {
            program.awaitCommits(1);

            assertThatThrownBy(() -> DataFolder.take(FOLDER))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessage(
                            "Another Postrider (process %d) uses the data folder %s: stop it, or give"
                                    + " this one another POSTRIDER_DATA_DIR.",
                            program.process().pid(), FOLDER);
        }
    }

    @Test
    void dataWhoseMakingWasCutOffIsMadeAnew() throws Exception {
        try (var folder = DataFolder.take(FOLDER)) {
            EmbeddedDatabase.open(folder, ServerChoice.BUNDLED).close();
            Files.createFile(FOLDER.resolve("postgres.unfinished"));
            Files.delete(FOLDER.resolve("postgres").resolve("global").resolve("pg_control"));

            EmbeddedDatabase.open(folder, ServerChoice.BUNDLED).close();

            assertThat(FOLDER.resolve("postgres.unfinished")).doesNotExist();
        }
    }

    private static void assertNextStartHas(long committed, CommittingProgram program)
            throws IOException {
        try (var folder = DataFolder.take(FOLDER);
                var database = EmbeddedDatabase.open(folder, ServerChoice.BUNDLED)) {
            var stored = program.stored(database);
            // the last commit may have come without being said
            assertThat((long) stored.size()).isBetween(committed, committed + 1);
            assertThat(stored).isEqualTo(IntStream.rangeClosed(1, stored.size()).boxed().toList());
        }
    }

    private static java.sql.Connection session(ProcessHandle server) throws Exception {
        var lines = Files.readAllLines(FOLDER.resolve("postgres").resolve("postmaster.pid"));
        assertThat(lines.getFirst()).isEqualTo(String.valueOf(server.pid()));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postrider",
                "postgres",
                Files.readString(FOLDER.resolve("postgres.password")).strip());
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    private static void replaceProcess(long pid) throws IOException {
        var file = FOLDER.resolve("postgres").resolve("postmaster.pid");
        var lines = Files.readAllLines(file);
        Files.write(
                file,
                List.of(
                        String.valueOf(pid),
                        lines.get(1),
                        lines.get(2),
                        lines.get(3),
                        lines.get(4),
                        lines.get(5)));
    }
}
