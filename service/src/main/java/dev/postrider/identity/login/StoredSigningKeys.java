package dev.postrider.identity.login;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * The database's signing keys, sealed in the vault. The newest one signs. A node looks every few
 * seconds for a newer one, and at once for one that it doesn't know, but not for each token that
 * somebody makes up.
 */
public final class StoredSigningKeys implements SigningKeys {
    /** Every node asks for this one first, so that nodes which start together agree on a key. */
    private static final UUID FIRST = new UUID(0, 1);

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String ALL =
            """
            select id, sealed
            from signing_key
            order by created_at, id
            """;

    private static final String INSERT =
            """
            insert into signing_key (id, sealed)
            values (:id, :sealed)
            on conflict (id) do nothing
            """;

    private static final String DELETE =
            """
            delete from signing_key
            where id = :id
            """;

    private final Database database;
    private final Vault vault;

    /** Written under this object's lock, read by all. */
    private volatile Ring ring;

    private record Ring(Map<UUID, SigningKey> keys, SigningKey current, long readAt) {
        Ring {
            keys = Map.copyOf(keys);
        }

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - readAt > age.toNanos();
        }
    }

    private StoredSigningKeys(Database database, Vault vault, Ring ring) {
        this.database = database;
        this.vault = vault;
        this.ring = ring;
    }

    /**
     * The database's keys, the first made now if there is none.
     *
     * @return empty when the vault opens none of them
     */
    public static Optional<StoredSigningKeys> of(Database database, Vault vault) {
        if (stored(database).isEmpty()) {
            insert(database, vault, SigningKey.random(FIRST));
        }
        return read(database, vault).map(ring -> new StoredSigningKeys(database, vault, ring));
    }

    /** Adds a key, which signs from then on. */
    public static void add(Database database, Vault vault) {
        insert(database, vault, SigningKey.random(NewId.get()));
    }

    /**
     * Deletes the keys that the vault doesn't open, because their master key is lost; all logins
     * have to be refreshed then.
     */
    public static int forgetLost(Database database, Vault vault) {
        var lost =
                stored(database).entrySet().stream()
                        .filter(key -> vault.open(key.getValue(), key.getKey()).isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        lost.forEach(id ->
                database.read(handle -> handle.createUpdate(DELETE).bind("id", id).execute()));
        return lost.size();
    }

    @Override
    public SigningKey current() {
        return fresh(FRESH).current();
    }

    @Override
    public Optional<SigningKey> find(UUID id) {
        var known = Optional.ofNullable(ring.keys().get(id));
        return known.isPresent() ? known : Optional.ofNullable(fresh(PAUSE).keys().get(id));
    }

    private Ring fresh(Duration age) {
        return ring.isOlderThan(age) ? refresh(age) : ring;
    }

    /** Whoever waited for another's look finds that it was just made. */
    private synchronized Ring refresh(Duration age) {
        if (ring.isOlderThan(age)) {
            ring = read(database, vault).orElse(ring);
        }
        return ring;
    }

    private static Optional<Ring> read(Database database, Vault vault) {
        var keys = new HashMap<UUID, SigningKey>();
        var newest = Optional.<SigningKey>empty();
        for (var sealed : stored(database).entrySet()) {
            var opened =
                    vault.open(sealed.getValue(), sealed.getKey())
                            .map(text -> SigningKey.parse(sealed.getKey(), text));
            opened.ifPresent(key -> keys.put(key.id(), key));
            newest = opened.isPresent() ? opened : newest;
        }
        return newest.map(current -> new Ring(keys, current, System.nanoTime()));
    }

    /** Oldest first. */
    private static SequencedMap<UUID, byte[]> stored(Database database) {
        var stored = new LinkedHashMap<UUID, byte[]>();
        database.read(handle ->
                        handle.createQuery(ALL)
                                .map((row, _) ->
                                        Map.entry(
                                                row.getObject("id", UUID.class),
                                                row.getBytes("sealed")))
                                .list())
                .forEach(key -> stored.put(key.getKey(), key.getValue()));
        return stored;
    }

    private static void insert(Database database, Vault vault, SigningKey key) {
        var sealed = vault.seal(key.text(), key.id());
        database.read(handle ->
                handle.createUpdate(INSERT).bind("id", key.id()).bind("sealed", sealed).execute());
    }
}
