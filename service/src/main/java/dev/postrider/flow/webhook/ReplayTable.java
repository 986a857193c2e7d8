package dev.postrider.flow.webhook;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Makes deliveries due again; whether a call was taken before doesn't matter. */
final class ReplayTable {
    /** Not those that are being called just now. Each has all its attempts before it again. */
    private static final String REPLAY =
            """
            update delivery
            set state = 'pending',
                due_at = now(),
                leased_until = null,
                replayed = true,
                retries_from = attempts,
                reason = null
            where ctid = any (array(
                select chosen.ctid
                from unnest(:ids) as wanted(id)
                cross join lateral (
                    select ctid
                    from delivery
                    where workspace_id = :workspace
                      and webhook_id = :webhook
                      and event_id = wanted.id
                      and (leased_until is null or leased_until <= now())
                    limit 1
                    for update
                ) as chosen))
            """;

    private ReplayTable() {}

    /** Returns how many. */
    static int replay(Handle handle, UUID workspaceId, UUID webhookId, List<UUID> eventIds) {
        return handle.createUpdate(REPLAY)
                .bind("workspace", workspaceId)
                .bind("webhook", webhookId)
                .bind("ids", eventIds.toArray(UUID[]::new))
                .execute();
    }
}
