package dev.postrider.vault;

import dev.postrider.postgres.Database;
import java.util.Map;

/**
 * Key rotation: adds and retires keys while programs run, which follow by themselves. A new data
 * key is for the usual rotation; a new master key for when its file may have been read, or an
 * auditor asks.
 */
public record RotateKeys(Database database) {
    private static final String SEALED_BY_MASTER =
            """
            select (select count(*) from credential where secret_key is null)
                + (select count(*) from webhook where secret_key is null)
            """;

    /** Adds a data key, with which everything is sealed anew. */
    public void addDataKey(MasterKeySource source) {
        var master = source.open();
        database.inTransaction(handle -> {
            DataKeyTable.add(handle, DataKey.random(), master);
            return true;
        });
    }

    /**
     * Adds a data key where the master key is lost: what the old ones sealed can't be read, what is
     * sealed from now on can.
     *
     * @return false when the master key opens a data key: nothing is lost, and nothing was added
     */
    public boolean startAnew(MasterKeySource source) {
        var master = source.open();
        return database.inTransaction(handle -> {
            if (!DataKeys.opened(DataKeyTable.all(handle), Map.of(), master).isEmpty()) {
                return false;
            }
            DataKeyTable.add(handle, DataKey.random(), master);
            return true;
        });
    }

    /**
     * Adds a key to the master keyset and seals the data keys with it too. Until the old one is
     * retired, they open with either, so nodes with the file as it was go on and even start.
     */
    public void addMasterKey(MasterKeyFile file) {
        file.addKey();
        var master = file.open();
        database.inTransaction(handle -> {
            DataKeyTable.all(handle)
                    .forEach((id, seals) ->
                            seals.stream()
                                    .flatMap(seal -> DataKey.open(id, seal, master).stream())
                                    .findFirst()
                                    .ifPresent(key -> DataKeyTable.addSeals(handle, key, master)));
            return true;
        });
    }

    /**
     * Takes the old keys out of the master keyset.
     *
     * @return false when something is still sealed by the master key itself: the running program
     *     changes that within seconds
     */
    public boolean retireMasterKeys(MasterKeyFile file) {
        var direct =
                database.read(
                        handle -> handle.createQuery(SEALED_BY_MASTER).mapTo(Long.class).one());
        if (direct > 0) {
            return false;
        }
        var master = file.open();
        database.inTransaction(handle -> {
            DataKeyTable.deleteOtherSeals(handle, master.id());
            return true;
        });
        file.retireOldKeys();
        return true;
    }
}
