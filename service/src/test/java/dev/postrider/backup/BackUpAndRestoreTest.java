package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.FreshDatabase;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.postgres.copy.LoadTables;
import dev.postrider.postgres.copy.SchemaAt;
import dev.postrider.postgres.copy.Snapshot;
import dev.postrider.rig.Lanes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
final class BackUpAndRestoreTest {
    private static final String INDEXES =
            """
            select pg_get_indexdef(indexrelid)
            from pg_index
            join pg_class on pg_class.oid = indrelid
            where relnamespace = cast(current_schema() as regnamespace)
              and relname <> 'flyway_schema_history'
            order by indexrelid
            """;

    private static final String CONSTRAINTS =
            """
            select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint
            where connamespace = cast(current_schema() as regnamespace)
              and contype in ('p', 'u', 'f', 'c')
            order by 1
            """;

    private final Database database;
    private final Lanes lanes;
    private final LaneKey lane;
    private Path file = Path.of("");
    private FreshDatabase target;

    @TempDir private Path folder = Path.of("");

    BackUpAndRestoreTest(Database database) {
        this.database = database;
        this.lanes = new Lanes(database, new Wakeups());
        this.lane = lanes.sandbox();
        this.target = Backups.emptyBeside(database);
    }

    @BeforeEach
    void nameFile() {
        file = folder.resolve("postrider.backup");
    }

    @AfterEach
    void close() throws InterruptedException {
        lanes.close();
        target.close();
    }

    @Test
    void aRestoredDatabaseHoldsWhatTheOtherHeld() throws Exception {
        lanes.queueMany(lane, 500);
        lanes.queue(lane, "grace@example.com", "ada@example.com");

        var made = Backups.make(database, file, Backups.UNSEALED);
        var before = Backups.content(database.url());
        Backups.restore(target.url(), file, Waiting.RESEND);

        try (var restored = Database.at(target.url())) {
            assertThat(texts(restored, INDEXES)).isEqualTo(texts(database, INDEXES));
            assertThat(texts(restored, CONSTRAINTS)).isEqualTo(texts(database, CONSTRAINTS));
        }
        var after = Backups.content(target.url());
        // what waits is in doubt now, and only that
        for (var each : List.of("email", "lane", "wake")) {
            assertThat(rows(after, each)).isEqualTo(rows(before, each));
            before.remove(each);
            after.remove(each);
        }
        assertThat(after).isEqualTo(before);
        assertThat(made.end().rows()).isGreaterThan(1_000);
    }

    @Test
    void aBackupIsOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
        lanes.queueMany(lane, 100);
        try (var snapshot = Snapshot.of(database.url())) {
            var before = Backups.content(database.url());
            lanes.queueMany(lane, 100);
            var end =
                    new NewFile(file, false)
                            .write(
                                    out ->
                                            new WriteBackup(
                                                            snapshot,
                                                            "test",
                                                            Optional.empty(),
                                                            Progress.NONE)
                                                    .to(out, Backups.UNSEALED),
                                    written ->
                                            new ReadBackup(written, Backups.UNSEALED, Progress.NONE)
                                                    .check()
                                                    .end());
            assertThat(end.tables())
                    .allSatisfy(table ->
                            assertThat(table.rows() + " " + table.sha256().substring(0, 16))
                                    .isEqualTo(before.get(table.name())));
        }
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        Backups.make(database, file, Backups.UNSEALED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.writeString(file, "precious");
        assertThatThrownBy(() -> Backups.make(database, file, Backups.UNSEALED))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readString(file)).isEqualTo("precious");

        Backups.make(database, folder.resolve("other"), Backups.UNSEALED);
        lanes.queue(lane);
        assertThatThrownBy(() ->
                        Backups.restore(database.url(), folder.resolve("other"), Waiting.HOLD))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("has data in it");
    }

    @Test
    void rowsOfANewerSchemaAreRefused() throws Exception {
        try (var newer = FreshDatabase.on(database.url())) {
            Database.at(newer.url()).close();
            try (var connection = FreshDatabase.connect(newer.url());
                    var statement = connection.createStatement()) {
                statement.execute(
                        "insert into flyway_schema_history values"
                                + " (99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, true)");
            }
            new BackUp("later", Progress.NONE)
                    .of(
                            newer.url(),
                            new BackUp.Wanted(file, false, Backups.UNSEALED, Optional.empty()));
        }
        assertThatThrownBy(() -> Backups.restore(target.url(), file, Waiting.HOLD))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("schema 999");
    }

    @Test
    void whatWaitedIsHeldAndNothingIsSentUntilItsMailboxIsResumed() throws Exception {
        var resent = lanes.queue(lane);
        var reported = lanes.queueReported(lane);
        var later = later();

        restoreAndServe(
                Waiting.HOLD,
                restored -> {
                    assertThat(state(restored, reported)).isEqualTo("unknown");
                    assertThat(state(restored, later)).isEqualTo("scheduled");
                    assertThat(texts(restored, "select state || ' ' || reason from mailbox"))
                            .singleElement()
                            .asString()
                            .startsWith("paused Restored from a backup of ")
                            .contains("2 emails waited", "1 email scheduled for later");
                    assertThat(
                                    texts(
                                            restored,
                                            "select resends || ' ' || reason from email where state = 'queued'"))
                            .singleElement()
                            .asString()
                            .startsWith("1 ");
                    assertThat(state(restored, resent)).isEqualTo("queued");
                    assertThat(texts(restored, "select id::text from sandbox_message")).isEmpty();
                });
    }

    /** It may have been moved to an earlier time since, and sent then. */
    @Test
    void aMailboxIsHeldForWhatIsScheduledForLaterAlone() throws Exception {
        var later = later();
        Backups.make(database, file, Backups.UNSEALED);

        var restored = Backups.restore(target.url(), file, Waiting.HOLD);

        assertThat(restored.waiting()).isEqualTo(new DoubtWaiting.Told(0, 1, 1, 1));
        try (var database = Database.at(target.url())) {
            assertThat(state(database, later)).isEqualTo("scheduled");
            assertThat(texts(database, "select state from mailbox")).containsExactly("paused");
        }
    }

    @Test
    void whatWaitedIsReportedWhenTheOperatorWantsSo() throws Exception {
        var one = lanes.queue(lane);
        var later = later();
        restoreAndServe(
                Waiting.REPORT,
                restored -> {
                    assertThat(state(restored, one)).isEqualTo("unknown");
                    assertThat(state(restored, later)).isEqualTo("unknown");
                    assertThat(
                                    texts(
                                            restored,
                                            "select state from recipient where email_id = '"
                                                    + one.id()
                                                    + "'"))
                            .containsExactly("unknown");
                    assertThat(texts(restored, "select id::text from sandbox_message")).isEmpty();
                    assertThat(texts(restored, "select state from mailbox"))
                            .containsExactly("active");
                });
    }

    @Test
    void whatWaitedIsSentOnceMoreWhenTheOperatorWantsSo() throws Exception {
        var one = lanes.queue(lane);
        restoreAndServe(
                Waiting.RESEND,
                restored -> {
                    assertThat(state(restored, one)).isEqualTo("queued");
                    assertThat(texts(restored, "select number || ' ' || outcome from attempt"))
                            .containsExactly("1 unknown");
                });
    }

    @Test
    void aRestoreThatIsKilledBehindItsRowsIsStartedOnByNobodyAndEndedByAnother() throws Exception {
        lanes.queue(lane);
        Backups.make(database, file, Backups.UNSEALED);
        var other = folder.resolve("other");
        Backups.make(database, other, Backups.UNSEALED);

        // as far as it comes until the kill
        Backups.RESTORE.loadRows(target.url(), Backups.wanted(file, Waiting.HOLD));

        assertThatThrownBy(() -> Database.at(target.url()))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("was cut off")
                .hasMessageContaining("postrider restore");
        assertThatThrownBy(() -> Backups.restore(target.url(), other, Waiting.HOLD))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("another backup");
        var restored = Backups.restore(target.url(), file, Waiting.HOLD);
        assertThat(restored.waiting()).isEqualTo(new DoubtWaiting.Told(1, 0, 1, 1));
        try (var database = Database.at(target.url())) {
            assertThat(texts(database, "select state from mailbox")).containsExactly("paused");
            assertThat(texts(database, "select state from email")).containsExactly("sending");
        }
        assertThatThrownBy(() -> Backups.restore(target.url(), file, Waiting.HOLD))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("has data in it");
    }

    @Test
    void aRestoreThatIsKilledAmidItsRowsIsStartedOnByNobodyAndMadeAgain() throws Exception {
        lanes.queue(lane);
        Backups.make(database, file, Backups.UNSEALED);
        SchemaAt.make(target.url(), "1");
        LoadTables.restoring(target.url(), Instant.EPOCH).close();

        assertThatThrownBy(() -> Database.at(target.url()))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("was cut off");
        assertThat(Backups.restore(target.url(), file, Waiting.HOLD).waiting().emails())
                .isEqualTo(1);
        Database.at(target.url()).close();
    }

    private static String rows(Map<String, String> content, String table) {
        var rows = content.getOrDefault(table, "none at all");
        return rows.substring(0, rows.indexOf(' '));
    }

    private EmailKey later() {
        var key = lanes.newKey();
        lanes.keep(lanes.email(key, lane, Instant.now().plus(Duration.ofHours(9))));
        return key;
    }

    /** What is asserted of the restored database once a worker has looked at its lane. */
    private interface Check {
        void of(Database restored) throws Exception;
    }

    private void restoreAndServe(Waiting waiting, Check check) throws Exception {
        Backups.make(database, file, Backups.UNSEALED);
        Backups.restore(target.url(), file, waiting);
        try (var restored = Database.at(target.url())) {
            try (var worker = RestoredWorker.on(restored)) {
                worker.start();
                RestoredWorker.awaitNone(restored, "select id from email where state = 'sending'");
            }
            check.of(restored);
        }
    }

    private static String state(Database restored, EmailKey email) {
        return texts(restored, "select state from email where id = '" + email.id() + "'")
                .getFirst();
    }

    private static List<String> texts(Database database, String query) {
        return database.read(handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
