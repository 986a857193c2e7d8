package dev.postrider.vault;

import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TellOutage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Seals with the newest key what an older one sealed, in the background, and forgets keys that
 * nothing is sealed with any more. Any number of nodes may do so at once: each row is replaced only
 * if it is still as it was read.
 */
@Singleton
public final class Reseal implements Machine {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Until then a node may still seal with the key before, or check tokens signed by it. */
    private static final Duration TAKEN_UP = Duration.ofMinutes(2);

    /** Of the thread that reseals. */
    private final TellOutage outage =
            new TellOutage(JOURNAL, "sealing anew failed, and is tried again");

    private final Database database;
    private final Vault vault;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Written and read by who starts and stops this. */
    private @Nullable Thread thread;

    public Reseal(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** What one round did. */
    record Done(int resealed, int unreadable, List<Integer> forgotten) {
        Done {
            forgotten = List.copyOf(forgotten);
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("reseal").start(this::run);
    }

    private void run() {
        try {
            do {
                attempt();
            } while (!stop.await(PAUSE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            var done = once(TAKEN_UP);
            outage.success();
            if (done.resealed() > 0 || !done.forgotten().isEmpty()) {
                JOURNAL.event(
                        "secrets sealed anew",
                        "secrets",
                        done.resealed(),
                        "unreadable",
                        done.unreadable(),
                        "keys forgotten",
                        done.forgotten().size());
            }
        } catch (Exception e) {
            outage.failure(e);
        }
    }

    /**
     * Does all there is to do now.
     *
     * @param takenUp how old the newest key must be before older ones may go
     */
    Done once(Duration takenUp) {
        vault.refresh();
        var resealed = 0;
        var unreadable = 0;
        for (var table : SealedTable.ALL) {
            var after = new UUID(0, 0);
            for (var rows = next(table, after); !rows.isEmpty(); rows = next(table, after)) {
                for (var row : rows) {
                    if (reseal(table, row)) {
                        resealed++;
                    } else {
                        unreadable++;
                    }
                    after = row.id();
                }
            }
        }
        var forgotten =
                database.inTransaction(handle ->
                        DataKeyTable.deleteUnused(handle, vault.currentKey(), takenUp.toSeconds()));
        return new Done(resealed, unreadable, forgotten);
    }

    private List<SealedTable.Row> next(SealedTable table, UUID after) {
        return database.read(handle -> table.next(handle, vault.currentKey(), after));
    }

    private boolean reseal(SealedTable table, SealedTable.Row row) {
        var secret = vault.open(row.sealed(), row.id());
        secret.ifPresent(text ->
                database.inTransaction(
                        handle -> table.replace(handle, row, vault.seal(text, row.id()))));
        return secret.isPresent();
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        if (thread != null) {
            thread.join();
        }
    }
}
