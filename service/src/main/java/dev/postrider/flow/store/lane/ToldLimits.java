package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.event.Limit;
import org.jdbi.v3.core.Handle;

/** Remembers which limits of a mailbox webhooks were told of lately. */
public final class ToldLimits {
    private static final String REMEMBER =
            """
            insert into limit_told (workspace_id, mailbox_id, name)
            values (:workspace, :mailbox, :name)
            on conflict (workspace_id, mailbox_id, name) do update
            set told_at = now()
            where limit_told.told_at < now() - cast(:stays as interval)
            """;

    private ToldLimits() {}

    /** Whether it is to be told; then it is remembered as told from now on. */
    public static boolean isNews(Handle handle, LaneKey lane, Limit limit) {
        return handle.createUpdate(REMEMBER)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .bind("name", limit.text())
                        .bind("stays", limit.staysTold())
                        .execute()
                == 1;
    }
}
