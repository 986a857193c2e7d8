package dev.postrider.vault;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Encrypts with the newest key what an older one sealed (key rotation), in the background, and
 * deletes keys that nothing is sealed with any more. Any number of nodes may do so at once: each
 * row is replaced only if it is still as it was read.
 */
@Singleton
public final class ReencryptSecrets implements Machine {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Rounds between two looks for what another key sealed, while there is no other. */
    private static final int ONLY_KEY_ROUNDS = 60;

    /** Until then a node may still seal with the key before. */
    private static final Duration TAKEN_UP = Duration.ofMinutes(2);

    private final Database database;
    private final Vault vault;
    private final Loop loop =
            new Loop(JOURNAL, "reseal", "secrets can't be re-encrypted", PAUSE, this::reseal);

    public ReencryptSecrets(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Of the loop's thread: rounds until all is looked at although there is one key. */
    private int idleRounds;

    /** What one round did. */
    record Done(int resealed, int unreadable, List<Integer> forgotten) {
        Done {
            forgotten = List.copyOf(forgotten);
        }
    }

    @Override
    public void start() {
        loop.start();
    }

    private void reseal() {
        if (idleRounds > 0) {
            vault.refresh();
            if (vault.hasOnlyKey()) {
                idleRounds--;
                return;
            }
        }
        var done = once(TAKEN_UP);
        idleRounds = done.unreadable() == 0 ? ONLY_KEY_ROUNDS : 0;
        if (done.resealed() > 0 || !done.forgotten().isEmpty()) {
            JOURNAL.event(
                    "secrets re-encrypted",
                    "secrets",
                    done.resealed(),
                    "unreadable",
                    done.unreadable(),
                    "keys deleted",
                    done.forgotten().size());
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
        for (var table : SecretRows.ALL) {
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

    private List<SecretRows.Row> next(SecretRows table, UUID after) {
        return database.read(handle -> table.next(handle, vault.currentKey(), after));
    }

    private boolean reseal(SecretRows table, SecretRows.Row row) {
        var secret = vault.open(row.sealed(), row.id());
        secret.ifPresent(text ->
                database.inTransaction(
                        handle -> table.replace(handle, row, vault.seal(text, row.id()))));
        return secret.isPresent();
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
