package dev.postrider.identity;

import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that signs access tokens: one a database, sealed by the master key. */
record SigningKey(UUID id, SecretKey key) {
    /** Every node asks for this one first, so that nodes which start together agree on a key. */
    private static final UUID FIRST = new UUID(0, 1);

    private static final int BYTES = 32;

    /**
     * The database's key, made now if there is none.
     *
     * @return empty when the vault doesn't open the key that is there
     */
    static Optional<SigningKey> of(Database database, Vault vault) {
        var candidate = new byte[BYTES];
        new SecureRandom().nextBytes(candidate);
        insertIfAbsent(database, vault.seal(Base64.getEncoder().encodeToString(candidate), FIRST));
        return vault.open(stored(database), FIRST)
                .map(text -> Base64.getDecoder().decode(text))
                .map(bytes -> new SigningKey(FIRST, new SecretKeySpec(bytes, "HmacSHA256")));
    }

    private static void insertIfAbsent(Database database, byte[] sealed) {
        database.read(handle ->
                handle.createUpdate(
                                """
                                insert into signing_key (id, sealed)
                                values (:id, :sealed)
                                on conflict (id) do nothing
                                """)
                        .bind("id", FIRST)
                        .bind("sealed", sealed)
                        .execute());
    }

    private static byte[] stored(Database database) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select sealed
                                from signing_key
                                where id = :id
                                """)
                        .bind("id", FIRST)
                        .mapTo(byte[].class)
                        .one());
    }

    @Override
    public String toString() {
        return "(signing key " + id + ")";
    }
}
