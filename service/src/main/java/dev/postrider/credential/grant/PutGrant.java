package dev.postrider.credential.grant;

import dev.postrider.credential.provider.NewGrant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes a new grant in the place of the one there is. */
final class PutGrant {
    private static final String PUT =
            """
            insert into oauth_grant
                (workspace_id, mailbox_id, provider, app, is_application, subject, tenant, address, tier, scopes,
                 granted_at, refresh_issued_at, refreshed_at, used_at, ends_at, next_refresh_at)
            values
                (:workspace, :mailbox, :provider, :app, :is_application, :subject, :tenant, :address, :tier, :scopes,
                 :now, :refresh_issued_at, :now, :now, :ends_at, :next_refresh_at)
            on conflict (workspace_id, mailbox_id) do update
            set provider = excluded.provider,
                app = excluded.app,
                is_application = excluded.is_application,
                subject = excluded.subject,
                tenant = excluded.tenant,
                address = excluded.address,
                tier = excluded.tier,
                scopes = excluded.scopes,
                granted_at = excluded.granted_at,
                refresh_issued_at = excluded.refresh_issued_at,
                refreshed_at = excluded.refreshed_at,
                used_at = excluded.used_at,
                ends_at = excluded.ends_at,
                end_told_at = null,
                next_refresh_at = excluded.next_refresh_at,
                revision = oauth_grant.revision + 1,
                refreshing = null,
                refreshing_until = null,
                failures = 0,
                try_after = null,
                ended_at = null,
                end_code = null,
                problem = null
            """;

    private PutGrant() {}

    static void put(
            Handle handle,
            GrantRow.Key key,
            NewGrant grant,
            Instant now,
            Optional<Instant> nextRefresh) {
        handle.createUpdate(PUT)
                .bind("workspace", key.workspaceId())
                .bind("mailbox", key.mailboxId())
                .bind("provider", grant.provider().text())
                .bind("app", grant.app())
                .bind("is_application", grant.refreshToken().isEmpty())
                .bind("subject", grant.account().subject())
                .bind("tenant", grant.account().tenant())
                .bind("address", grant.account().address().orElse(""))
                .bind("tier", grant.tier().text())
                .bindArray("scopes", String.class, List.copyOf(grant.access().scopes()))
                .bind("now", GrantTable.at(now))
                .bind("refresh_issued_at", grant.refreshToken().map(_ -> GrantTable.at(now)))
                .bind("ends_at", grant.endsAt().map(GrantTable::at))
                .bind("next_refresh_at", nextRefresh.map(GrantTable::at))
                .execute();
    }
}
