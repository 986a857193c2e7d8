package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.Wakeups;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An embedded server that something else ends while the program runs. */
@Timeout(60)
final class SupervisedServerTest {
    private DataFolder folder;
    private Database database;

    @BeforeEach
    void start() {
        folder = DataFolder.take(EmbeddedFolder.PATH);
        database = EmbeddedDatabase.open(folder, ServerChoice.BUNDLED);
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
        folder.close();
    }

    @Test
    void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws IOException {
        var name = commitWorkspace();

        server().destroyForcibly();

        assertThat(countOnceItIsBack(name)).isOne();
    }

    @Test
    void itIsStartedAgainEachTime() throws IOException {
        var name = commitWorkspace();
        server().destroyForcibly();
        countOnceItIsBack(name);

        // a shutdown asked for in order, by somebody who shouldn't have
        server().destroy();

        assertThat(countOnceItIsBack(name)).isOne();
    }

    @Test
    void aStopThatMeetsItBetweenTwoServersLeavesNone() throws IOException {
        var killed = server();
        killed.destroyForcibly();

        database.close();

        assertThat(new ServerFiles(folder.path()).data().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void itLooksOftenForTablesToVacuumOnlyWhileEmailsPass() {
        var wakeups = new Wakeups();
        var pace = new PaceVacuum(database, wakeups);
        pace.look();
        awaitNaptime("2min");

        for (var i = 0; i < PaceVacuum.BUSY; i++) {
            wakeups.laneWoken(new LaneKey(NewId.get(), NewId.get()));
        }
        pace.look();
        awaitNaptime("10s");

        for (var i = 0; i < PaceVacuum.QUIET - 1; i++) {
            pace.look();
        }
        awaitNaptime("10s");
        pace.look();
        awaitNaptime("2min");
    }

    /** The server takes a setting up when it next looks at its signals. */
    private void awaitNaptime(String time) {
        var now = "";
        while (!now.equals(time)) {
            now =
                    database.read(handle ->
                            handle.createQuery("show autovacuum_naptime")
                                    .mapTo(String.class)
                                    .one());
        }
    }

    private String commitWorkspace() {
        var name = UUID.randomUUID().toString();
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                insert into workspace (id, name)
                                values (:id, :name)
                                """)
                        .bind("id", NewId.get())
                        .bind("name", name)
                        .execute());
        return name;
    }

    /** The commits that end with {@code name}, as soon as the database answers. */
    private long countOnceItIsBack(String name) {
        while (true) {
            try {
                return count(name);
            } catch (DatabaseAway _) {
                Thread.onSpinWait();
            }
        }
    }

    private long count(String name) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select count(*)
                                from workspace
                                where name = :name
                                """)
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one());
    }

    private ProcessHandle server() throws IOException {
        var process = new ServerFiles(folder.path()).data().resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(process).getFirst().strip()))
                .orElseThrow();
    }
}
