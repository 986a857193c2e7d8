package dev.postrider.vault;

import dev.postrider.postgres.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The data keys of a database, as far as the master key opens them. A node follows the others: it
 * looks every few seconds for a newer key to seal with, and at once for a key that it doesn't know.
 */
final class DataKeys {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Database database;
    private final MasterKeySource source;

    /** Written under this object's lock, read by all. */
    private volatile Ring ring;

    /** Written under this object's lock. Its file may have been given another key meanwhile. */
    private MasterKey master;

    /**
     * @param current the newest that opens
     * @param stored how many there are, whether they open or not
     */
    private record Ring(Map<Integer, DataKey> keys, DataKey current, int stored, long readAt) {
        Ring {
            keys = Map.copyOf(keys);
        }

        boolean isFresh() {
            return System.nanoTime() - readAt < FRESH.toNanos();
        }
    }

    /**
     * Looks before a program starts: a key that hides the ones that there are helps nobody.
     *
     * @throws MasterKeyUnusable when there are keys, and the master key opens none of them
     */
    static void requireOneThatOpens(Database database, MasterKeySource source) {
        var stored = database.read(DataKeyTable::all);
        if (!stored.isEmpty() && opened(stored, Map.of(), source.open()).isEmpty()) {
            throw new MasterKeyUnusable(
                    "The master key opens none of the keys of the database "
                            + database.url().place()
                            + ": it is another database's key. Restore this one's, or correct"
                            + " POSTRIDER_MASTER_KEY_FILE; if it is lost for good, ./postrider keys"
                            + " lost helps.");
        }
    }

    /** Makes the first key of a database that has none which opens. */
    DataKeys(Database database, MasterKeySource source) {
        this.database = database;
        this.source = source;
        this.master = source.open();
        this.ring = read(Map.of());
    }

    DataKey current() {
        if (!ring.isFresh()) {
            refresh();
        }
        return ring.current();
    }

    /** The key of an id; empty when there is none, or it doesn't open. */
    Optional<DataKey> find(int id) {
        var known = ring.keys().get(id);
        if (known == null && !ring.isFresh()) {
            refresh();
            known = ring.keys().get(id);
        }
        return Optional.ofNullable(known);
    }

    /** What the master key sealed before there were data keys. */
    synchronized Optional<byte[]> openByMaster(byte[] sealed, byte[] owner) {
        return master.open(sealed, owner);
    }

    boolean isOnly() {
        return ring.stored() == 1;
    }

    synchronized void refresh() {
        ring = read(ring.keys());
    }

    private Ring read(Map<Integer, DataKey> known) {
        var stored = database.read(DataKeyTable::all);
        var keys = opened(stored, known);
        if (keys.size() < stored.size() && readMasterAgain()) {
            keys = opened(stored, known);
        }
        if (keys.isEmpty()) {
            var first = DataKey.random();
            database.inTransaction(handle -> {
                DataKeyTable.add(handle, first, master);
                return first;
            });
            keys.put(first.id(), first);
        }
        return new Ring(
                keys,
                keys.lastEntry().getValue(),
                Math.max(stored.size(), keys.size()),
                System.nanoTime());
    }

    /** A source that can't be used just now is no reason to stop: what is known still opens. */
    private boolean readMasterAgain() {
        try {
            master = source.open();
            return true;
        } catch (MasterKeyUnusable _) {
            return false;
        }
    }

    private SequencedMap<Integer, DataKey> opened(
            Map<Integer, List<byte[]>> stored, Map<Integer, DataKey> known) {
        return opened(stored, known, master);
    }

    static SequencedMap<Integer, DataKey> opened(
            Map<Integer, List<byte[]>> stored, Map<Integer, DataKey> known, MasterKey master) {
        var keys = new LinkedHashMap<Integer, DataKey>();
        stored.forEach((id, seals) ->
                Optional.ofNullable(known.get(id))
                        .or(() ->
                                seals.stream()
                                        .flatMap(seal -> DataKey.open(id, seal, master).stream())
                                        .findFirst())
                        .ifPresent(key -> keys.put(id, key)));
        return keys;
    }
}
