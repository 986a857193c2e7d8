package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.postrider.postgres.Wakeups;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.EmbeddedDatabase;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.StagedData;
import dev.postrider.rig.Lanes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From the distribution's PostgreSQL, where it is an older one, to the one that Postrider brings.
 */
final class UpgradeDatabaseTest {
    private static final Path FOLDER = Path.of("target", "upgraded").toAbsolutePath();

    @BeforeEach
    void removeData() throws Exception {
        Backups.delete(FOLDER.resolve("staged"));
        Backups.delete(FOLDER.resolve("postgres"));
        for (var old = 15; old < StagedData.newestVersion(); old++) {
            Backups.delete(FOLDER.resolve("postgres-" + old));
        }
    }

    @Test
    void allRowsAreInTheNewDataAndTheOldIsKept() throws Exception {
        var before = fill();
        var old = StagedData.version(FOLDER).orElseThrow();
        assumeThat(old).isLessThan(StagedData.newestVersion());

        var done = new UpgradeDatabase(Progress.NONE).run(FOLDER);

        var kept = FOLDER.resolve("postgres-" + old);
        assertThat(done)
                .isInstanceOfSatisfying(
                        UpgradeDatabase.Done.Upgraded.class,
                        upgraded -> {
                            assertThat(upgraded.from()).isEqualTo(old);
                            assertThat(upgraded.kept()).isEqualTo(kept);
                            assertThat(upgraded.rows()).isGreaterThan(600);
                        });
        assertThat(StagedData.version(FOLDER)).contains(StagedData.newestVersion());
        assertThat(kept.resolve("PG_VERSION")).exists();
        assertThat(content()).isEqualTo(before);
        assertThat(new UpgradeDatabase(Progress.NONE).run(FOLDER))
                .isEqualTo(new UpgradeDatabase.Done.Already(StagedData.newestVersion()));
    }

    @Test
    void killedBetweenTheRenamesTheNextStartEndsIt() throws Exception {
        var before = fill();
        var staged = FOLDER.resolve("staged");
        Files.createDirectories(staged);
        Files.createFile(staged.resolve("complete"));
        Files.move(FOLDER.resolve("postgres"), staged.resolve("postgres"));

        assertThat(content()).isEqualTo(before);
        assertThat(staged).doesNotExist();
    }

    @Test
    void killedBeforeTheRenamesTheOldDataIsStartedOnAndTheNewIsDeleted() throws Exception {
        var before = fill();
        var staged = FOLDER.resolve("staged");
        Files.createDirectories(staged.resolve("postgres"));
        Files.createFile(staged.resolve("complete"));

        assertThat(content()).isEqualTo(before);
        assertThat(staged).doesNotExist();
    }

    @Test
    void whereNoDataIsNothingCanBeUpgraded() {
        assertThatThrownBy(() -> new UpgradeDatabase(Progress.NONE).run(FOLDER))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("There is no database");
    }

    private static Map<String, String> fill() throws Exception {
        try (var taken = DataFolder.take(FOLDER);
                var database = EmbeddedDatabase.open(taken, ServerChoice.AUTO);
                var lanes = new Lanes(database, new Wakeups())) {
            lanes.queueMany(lanes.sandbox(), 300);
            lanes.queue(lanes.sandbox(), "ada@example.com");
            return Backups.content(database.url());
        }
    }

    private static Map<String, String> content() throws Exception {
        try (var source = Source.of(FOLDER, ServerChoice.AUTO)) {
            assertThat(source.server()).isNotEqualTo(Optional.empty());
            return Backups.content(source.url());
        }
    }
}
