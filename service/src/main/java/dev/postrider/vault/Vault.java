package dev.postrider.vault;

import dev.postrider.postgres.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals and opens secrets: with a data key of the database, which the master key seals in its turn.
 * So a new master key means sealing a few keys anew, not all secrets. Safe for concurrent use.
 */
public final class Vault {
    private final DataKeys keys;

    private Vault(DataKeys keys) {
        this.keys = keys;
    }

    /**
     * Opens the vault of a database.
     *
     * @throws MasterKeyUnusable when the master key can't be had
     */
    public static Vault of(Database database, MasterKeySource masterKey) {
        return new Vault(new DataKeys(database, masterKey));
    }

    /**
     * The same for a program that starts.
     *
     * @throws MasterKeyUnusable when it is another database's master key, too
     */
    public static Vault atStart(Database database, MasterKeySource masterKey) {
        requireOneThatOpens(database, masterKey);
        return of(database, masterKey);
    }

    /**
     * Looks whether a master key is this database's, and makes no key.
     *
     * @throws MasterKeyUnusable when there are keys, and it opens none of them
     */
    public static void requireOneThatOpens(Database database, MasterKeySource masterKey) {
        DataKeys.requireOneThatOpens(database, masterKey);
    }

    /**
     * Seals a secret.
     *
     * @param owner the id of what the secret belongs to; its associated data
     */
    public byte[] seal(String secret, UUID owner) {
        return keys.current().seal(secret.getBytes(StandardCharsets.UTF_8), bytes(owner));
    }

    /**
     * Opens a sealed secret.
     *
     * @return the secret; empty when no key that there is opens it for this owner
     */
    public Optional<String> open(byte[] sealed, UUID owner) {
        var dataKey = DataKey.idIn(sealed);
        var opened =
                dataKey.isPresent()
                        ? keys.find(dataKey.get()).flatMap(key -> key.open(sealed, bytes(owner)))
                        : keys.openByMaster(sealed, bytes(owner));
        return opened.map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    /** The key that seals now. */
    int currentKey() {
        return keys.current().id();
    }

    void refresh() {
        keys.refresh();
    }

    /** Whether there was no other key, at the last look: nothing new is sealed with another. */
    boolean hasOnlyKey() {
        return keys.isOnly();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
