package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.EmbeddedDatabase;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal: a backup while the program works, its end, and a restore elsewhere. */
final class RestoredAfterAKillTest {
    private static final Path SOURCE = Path.of("target", "backed-up").toAbsolutePath();
    private static final Path TARGET = Path.of("target", "restored").toAbsolutePath();
    private static final int SOME = 40;

    private final ConcurrentLinkedQueue<SunkMessage> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean defers = new AtomicBoolean(true);

    @TempDir private Path folder = Path.of("");

    /** Their programs stay unpacked from run to run. */
    @BeforeEach
    void removeData() throws IOException {
        for (var each : List.of(SOURCE, TARGET)) {
            Backups.delete(each.resolve("postgres"));
            Backups.delete(each.resolve("staged"));
            Files.deleteIfExists(each.resolve("postgres.password"));
        }
    }

    @Test
    void nothingAcceptedIsLostAndNothingIsSentTwiceSilently() throws Exception {
        var file = folder.resolve("backup");
        Set<String> before;
        try (var sink =
                Sink.start(SinkOptions.standard().behaving(deferring()).recording(arrived::add))) {
            var program = start(sink.port());
            try (var said = program.inputReader()) {
                before = new HashSet<>(read(said));
                new BackUp("test", Progress.NONE)
                        .of(
                                SOURCE,
                                ServerChoice.BUNDLED,
                                new BackUp.Wanted(file, false, Backups.UNSEALED, Optional.empty()));
                read(said);
            } finally {
                kill(program);
            }
            var waiting = Backups.restore(TARGET, file, Waiting.HOLD).waiting();
            assertThat(waiting.emails()).isPositive();
            assertThat(waiting.paused()).isEqualTo(1);

            try (var folder = DataFolder.take(TARGET);
                    var restored = EmbeddedDatabase.open(folder, ServerChoice.BUNDLED)) {
                assertThat(texts(restored, "select id::text from email")).containsAll(before);
                var sentBefore = ids(arrived);
                arrived.clear();

                serveUntil(restored, "select id::text from email where state = 'sending'");

                assertThat(arrived).isEmpty();
                resume(restored);
                serveUntil(restored, "select id::text from email where due_at is not null");

                var sentAfter = ids(arrived);
                assertThat(sentAfter).doesNotHaveDuplicates().hasSize((int) waiting.emails());
                sentAfter.retainAll(sentBefore);
                assertThat(
                                texts(
                                        restored,
                                        "select email_id::text from attempt where outcome = 'unknown'"))
                        .containsAll(sentAfter);
                assertThat(texts(restored, "select distinct state from email"))
                        .containsExactly("sent");
            }
        }
    }

    @Test
    void aRestoreThatWasCutOffIsNeverStartedOnAndIsMadeAnew() throws Exception {
        try (var taken = DataFolder.take(SOURCE)) {
            EmbeddedDatabase.open(taken, ServerChoice.BUNDLED).close();
        }
        var file = folder.resolve("backup");
        var wanted = new BackUp.Wanted(file, false, Backups.UNSEALED, Optional.empty());
        // the program doesn't run: its server is started for the backup
        new BackUp("test", Progress.NONE).of(SOURCE, ServerChoice.BUNDLED, wanted);
        Files.createDirectories(TARGET.resolve("staged").resolve("postgres"));

        assertThatThrownBy(() -> DataFolder.take(TARGET))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("was cut off");

        Backups.restore(TARGET, file, Waiting.HOLD);
        try (var taken = DataFolder.take(TARGET)) {
            EmbeddedDatabase.open(taken, ServerChoice.BUNDLED).close();
            assertThat(TARGET.resolve("staged")).doesNotExist();
        }
        assertThatThrownBy(() -> Backups.restore(TARGET, file, Waiting.HOLD))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("isn't overwritten");
    }

    /** Every third transaction is to be tried again later, so that something waits at all times. */
    private Behaviour deferring() {
        return new Behaviour() {
            @Override
            public String mail(String sender) {
                return defers.get() && asked.incrementAndGet() % 3 == 0
                        ? "451 4.3.0 Later"
                        : Behaviour.WILLING.mail(sender);
            }
        };
    }

    private static Process start(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SendUntilKilled.class.getName(),
                        SOURCE.toString(),
                        String.valueOf(port))
                .redirectError(Path.of("target", "send-until-killed.log").toFile())
                .start();
    }

    private static List<String> read(BufferedReader said) throws IOException {
        var ids = new ArrayList<String>();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.matches("[0-9a-f-]{36}")) {
                ids.add(line);
            }
            if (ids.size() == SOME) {
                return ids;
            }
        }
        throw new IOException("it ended: see target/send-until-killed.log");
    }

    /** The program and its database, in one moment. */
    private static void kill(Process program) throws IOException, InterruptedException {
        var file = SOURCE.resolve("postgres").resolve("postmaster.pid");
        var server = Long.parseLong(Files.readAllLines(file).getFirst());
        program.toHandle().destroyForcibly();
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
        program.waitFor();
    }

    private void serveUntil(Database restored, String nothingOf) throws InterruptedException {
        try (var worker = RestoredWorker.on(restored)) {
            worker.start();
            RestoredWorker.awaitNone(restored, nothingOf);
        }
    }

    /** As its user would, who doesn't wait for the next retries either. */
    private void resume(Database restored) {
        defers.set(false);
        restored.inTransaction(handle -> {
            handle.execute("update mailbox set state = 'active', reason = null");
            handle.execute("update email set due_at = now() where due_at is not null");
            return handle.execute("update wake set due_at = now(), count = count + 1");
        });
    }

    private static List<String> ids(Iterable<SunkMessage> messages) {
        var ids = new ArrayList<String>();
        for (var message : messages) {
            var text = message.text();
            ids.add(text.substring(text.indexOf('<') + 1, text.indexOf('@')));
        }
        return ids;
    }

    private static List<String> texts(Database database, String query) {
        return database.read(handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
