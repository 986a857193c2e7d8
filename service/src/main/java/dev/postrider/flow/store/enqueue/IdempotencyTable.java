package dev.postrider.flow.store.enqueue;

import dev.postrider.postgres.Column;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What was answered to requests that may be repeated, for a day. */
public final class IdempotencyTable {
    /**
     * Whoever meets a key that another transaction has just written waits here for its end, so a
     * repeat is never early. In key order, so that two writers can't deadlock.
     */
    private static final String CLAIM =
            """
            insert into idempotency (workspace_id, scope, key, fingerprint, answer)
            select *
            from unnest(:workspaces, :scopes, :keys, :fingerprints, :answers)
                as new(workspace_id, scope, key, fingerprint, answer)
            order by new.workspace_id, new.scope, new.key
            on conflict (workspace_id, scope, key) do update
            set fingerprint = excluded.fingerprint,
                answer = excluded.answer,
                created_at = now()
            where idempotency.created_at < now() - interval '24 hours'
            returning workspace_id, scope, key
            """;

    /**
     * A repeat's answer is a promise as well, and what it repeats may stand on this server only:
     * one that has died while the standby had yet to confirm it, and is back. The lock is written
     * down, so that the commit of whoever reads waits for the standby, and thereby for the first as
     * well.
     */
    private static final String READ =
            """
            select workspace_id, scope, key, fingerprint, answer
            from idempotency
            join unnest(:workspaces, :scopes, :keys) as asked(workspace_id, scope, key)
            using (workspace_id, scope, key)
            where created_at >= now() - interval '24 hours'
            for key share of idempotency
            """;

    private static final String FORGET =
            """
            delete from idempotency
            using unnest(:workspaces, :scopes, :keys) as asked(workspace_id, scope, key)
            where idempotency.workspace_id = asked.workspace_id
              and idempotency.scope = asked.scope
              and idempotency.key = asked.key
            """;

    private IdempotencyTable() {}

    /** What a caller calls a request. */
    public record Key(UUID workspaceId, UUID scope, String key) {
        public static Key of(IdempotentRequest idempotent) {
            return new Key(idempotent.workspaceId(), idempotent.scope(), idempotent.key());
        }
    }

    /** The keys that were free and are these requests' now. */
    public static Set<Key> claim(Handle handle, List<IdempotentRequest> requests) {
        return handle.createQuery(CLAIM)
                .bind("workspaces", Column.of(requests, UUID.class, IdempotentRequest::workspaceId))
                .bind("scopes", Column.of(requests, UUID.class, IdempotentRequest::scope))
                .bind("keys", Column.of(requests, String.class, IdempotentRequest::key))
                .bind(
                        "fingerprints",
                        Column.of(requests, String.class, IdempotentRequest::fingerprint))
                .bind("answers", Column.of(requests, String.class, IdempotentRequest::answer))
                .map((row, _) ->
                        new Key(
                                row.getObject("workspace_id", UUID.class),
                                row.getObject("scope", UUID.class),
                                row.getString("key")))
                .set();
    }

    /** What is kept under the keys of these requests. */
    public static Map<Key, IdempotentRequest> read(
            Handle handle, List<IdempotentRequest> requests) {
        return handle
                .createQuery(READ)
                .bind("workspaces", Column.of(requests, UUID.class, IdempotentRequest::workspaceId))
                .bind("scopes", Column.of(requests, UUID.class, IdempotentRequest::scope))
                .bind("keys", Column.of(requests, String.class, IdempotentRequest::key))
                .map((row, _) ->
                        new IdempotentRequest(
                                row.getObject("workspace_id", UUID.class),
                                row.getObject("scope", UUID.class),
                                row.getString("key"),
                                row.getString("fingerprint"),
                                row.getString("answer")))
                .stream()
                .collect(Collectors.toMap(Key::of, each -> each, (one, _) -> one));
    }

    public static void delete(Handle handle, List<IdempotentRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        handle.createUpdate(FORGET)
                .bind("workspaces", Column.of(requests, UUID.class, IdempotentRequest::workspaceId))
                .bind("scopes", Column.of(requests, UUID.class, IdempotentRequest::scope))
                .bind("keys", Column.of(requests, String.class, IdempotentRequest::key))
                .execute();
    }
}
