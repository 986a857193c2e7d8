package dev.postrider.vault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The data keys, each sealed under every master key that is in use. */
final class DataKeyTable {
    /** Oldest first: the last one seals. */
    private static final String ALL =
            """
            select k.id, s.sealed
            from data_key k
            join data_key_seal s on s.data_key_id = k.id
            order by k.created_at, k.id
            """;

    private static final String INSERT =
            """
            insert into data_key (id)
            values (:id)
            """;

    private static final String INSERT_SEAL =
            """
            insert into data_key_seal (data_key_id, master_key_id, sealed)
            values (:id, :master, :sealed)
            on conflict (data_key_id, master_key_id) do nothing
            """;

    private static final String DELETE_OTHER_SEALS =
            """
            delete from data_key_seal s
            where s.master_key_id <> :master
              and exists (
                  select
                  from data_key_seal own
                  where own.data_key_id = s.data_key_id
                    and own.master_key_id = :master)
            """;

    /** The foreign keys from what is sealed let no key go that is still needed. */
    private static final String UNUSED =
            """
            select k.id
            from data_key k
            where k.id <> :current
              and exists (
                  select
                  from data_key c
                  where c.id = :current
                    and c.created_at < now() - make_interval(secs => :seconds))
              and not exists (select from credential where secret_key = k.id)
              and not exists (select from webhook where secret_key = k.id)
              and not exists (select from webhook where previous_secret_key = k.id)
              and not exists (select from event where secret_key = k.id)
              and not exists (select from grant_revocation where secret_key = k.id)
            """;

    private static final String DELETE =
            """
            delete from data_key
            where id = :id
            """;

    private DataKeyTable() {}

    /** What each key is sealed as, by the key's id. */
    static Map<Integer, List<byte[]>> all(Handle handle) {
        var all = new LinkedHashMap<Integer, List<byte[]>>();
        handle.createQuery(ALL)
                .map((row, _) -> Map.entry(row.getInt("id"), row.getBytes("sealed")))
                .forEach(seal ->
                        all.computeIfAbsent(seal.getKey(), _ -> new ArrayList<>())
                                .add(seal.getValue()));
        return all;
    }

    /** Adds a key that opens with any key of the master keyset. */
    static void add(Handle handle, DataKey key, MasterKey master) {
        handle.createUpdate(INSERT).bind("id", key.id()).execute();
        addSeals(handle, key, master);
    }

    static void addSeals(Handle handle, DataKey key, MasterKey master) {
        master.each()
                .forEach((id, each) ->
                        handle.createUpdate(INSERT_SEAL)
                                .bind("id", key.id())
                                .bind("master", id)
                                .bind("sealed", key.sealedBy(each))
                                .execute());
    }

    /** Lets the keys open with one master key only, those that do so. */
    static void deleteOtherSeals(Handle handle, int master) {
        handle.createUpdate(DELETE_OTHER_SEALS).bind("master", master).execute();
    }

    /**
     * Deletes keys that nothing is sealed with.
     *
     * @param seconds how long every node has had to take up the current one
     */
    static List<Integer> deleteUnused(Handle handle, int current, long seconds) {
        var unused =
                handle.createQuery(UNUSED)
                        .bind("current", current)
                        .bind("seconds", seconds)
                        .mapTo(Integer.class)
                        .list();
        unused.forEach(id -> handle.createUpdate(DELETE).bind("id", id).execute());
        return unused;
    }
}
