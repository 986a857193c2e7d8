package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes grants. What a refresh writes names the revision that it began with: zero rows
 * say that somebody else was there meanwhile. Leases are by the database's clock.
 */
final class GrantTable {
    /** Tokens and what is known of them in one statement, so that they are of one moment. */
    private static final String FIND =
            """
            select oauth_grant.*, credential.secret, credential.version,
                   provider_app_fault.problem as app_problem, provider_app_fault.kind as app_fault,
                   coalesce(provider_app_fault.trial = 'open', false) as app_trial
            from oauth_grant
            join credential
              on credential.workspace_id = oauth_grant.workspace_id
             and credential.mailbox_id = oauth_grant.mailbox_id
             and credential.kind = 'oauth'
            left join provider_app_fault
              on provider_app_fault.provider = oauth_grant.provider
             and provider_app_fault.app = oauth_grant.app
             and provider_app_fault.failing_since is not null
            where oauth_grant.workspace_id = :workspace
              and oauth_grant.mailbox_id = :mailbox
            """;

    private static final String CLAIM =
            """
            update oauth_grant
            set refreshing = :node,
                refreshing_until = now() + :lease * interval '1 millisecond'
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and revision = :revision
              and (refreshing_until is null or refreshing_until < now())
            """;

    /** One that is over isn't renewed: somebody else may be about to take it. */
    private static final String RENEW =
            """
            update oauth_grant
            set refreshing_until = now() + :lease * interval '1 millisecond'
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and refreshing = :node
              and refreshing_until > now()
            """;

    /** The version stays: it is the same grant. */
    private static final String STORE_SECRET =
            """
            update credential
            set secret = :secret,
                updated_at = now()
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and kind = 'oauth'
            """;

    private static final String STORE =
            """
            update oauth_grant
            set revision = revision + 1,
                refreshing = null,
                refreshing_until = null,
                refreshed_at = :now,
                scopes = :scopes,
                tier = coalesce(:tier, tier),
                refresh_issued_at = coalesce(:refresh_issued_at, refresh_issued_at),
                ends_at = coalesce(:ends_at, ends_at),
                next_refresh_at = :next_refresh_at,
                failures = 0,
                try_after = null,
                ended_at = null,
                end_code = null,
                problem = null
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and revision = :revision
            """;

    private static final String END =
            """
            update oauth_grant
            set revision = revision + 1,
                refreshing = null,
                refreshing_until = null,
                failures = failures + 1,
                try_after = :try_after,
                ended_at = coalesce(ended_at, :now),
                end_code = :code,
                problem = :problem
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and revision = :revision
            """;

    /** What it was asked with stays good. */
    private static final String GIVE_BACK =
            """
            update oauth_grant
            set refreshing = null,
                refreshing_until = null,
                failures = failures + 1,
                try_after = :try_after,
                problem = :problem
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and refreshing = :node
            """;

    private static final String USED =
            """
            update oauth_grant
            set used_at = :now,
                next_refresh_at = least(next_refresh_at, :refresh_at)
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and used_at < :now
            """;

    private static final String POSTPONE =
            """
            update oauth_grant
            set try_after = :try_after
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and revision = :revision
            """;

    private GrantTable() {}

    static Optional<GrantRow> find(Handle handle, GrantRow.Key key) {
        return handle.createQuery(FIND)
                .bind("workspace", key.workspaceId())
                .bind("mailbox", key.mailboxId())
                .map((row, _) -> GrantRow.read(row))
                .findOne();
    }

    /** Takes the lease of a grant that is still as it was read. */
    static boolean claim(Handle handle, GrantRow seen, UUID node, Duration lease) {
        return handle.createUpdate(CLAIM)
                        .bind("workspace", seen.key().workspaceId())
                        .bind("mailbox", seen.key().mailboxId())
                        .bind("revision", seen.revision())
                        .bind("node", node)
                        .bind("lease", lease.toMillis())
                        .execute()
                == 1;
    }

    /** Keeps the lease for longer; false when it was lost. */
    static boolean renew(Handle handle, GrantRow seen, UUID node, Duration lease) {
        return handle.createUpdate(RENEW)
                        .bind("workspace", seen.key().workspaceId())
                        .bind("mailbox", seen.key().mailboxId())
                        .bind("node", node)
                        .bind("lease", lease.toMillis())
                        .execute()
                == 1;
    }

    /**
     * What a refresh brought.
     *
     * @param tier empty: as it was
     */
    record Refreshed(
            SealedTokens sealed,
            Set<String> scopes,
            Optional<Tier> tier,
            Instant now,
            Optional<Instant> refreshIssuedAt,
            Optional<Instant> endsAt,
            Optional<Instant> nextRefresh) {}

    /**
     * Stores what a refresh brought, in this order: whoever removes a mailbox takes them so.
     *
     * @return false when the grant isn't as it was: then nothing may be committed
     */
    static boolean store(Handle handle, GrantRow seen, Refreshed refreshed) {
        handle.createUpdate(STORE_SECRET)
                .bind("workspace", seen.key().workspaceId())
                .bind("mailbox", seen.key().mailboxId())
                .bind("secret", refreshed.sealed().octets())
                .execute();
        return handle.createUpdate(STORE)
                        .bind("workspace", seen.key().workspaceId())
                        .bind("mailbox", seen.key().mailboxId())
                        .bind("revision", seen.revision())
                        .bind("now", at(refreshed.now()))
                        .bindArray("scopes", String.class, List.copyOf(refreshed.scopes()))
                        .bind("tier", refreshed.tier().map(Tier::text))
                        .bind("refresh_issued_at", refreshed.refreshIssuedAt().map(GrantTable::at))
                        .bind("ends_at", refreshed.endsAt().map(GrantTable::at))
                        .bind("next_refresh_at", refreshed.nextRefresh().map(GrantTable::at))
                        .execute()
                == 1;
    }

    /**
     * Marks a grant as ended.
     *
     * @param revision that it must have
     * @return false when it isn't as it was: then nothing may be committed
     */
    static boolean end(
            Handle handle,
            GrantRow.Key key,
            long revision,
            String code,
            String problem,
            Instant now,
            Instant tryAfter) {
        return handle.createUpdate(END)
                        .bind("workspace", key.workspaceId())
                        .bind("mailbox", key.mailboxId())
                        .bind("revision", revision)
                        .bind("now", at(now))
                        .bind("try_after", at(tryAfter))
                        .bind("code", code)
                        .bind("problem", problem)
                        .execute()
                == 1;
    }

    /** Gives the lease back of a grant that nothing is known of. */
    static void giveBack(
            Handle handle, GrantRow seen, UUID node, String problem, Instant tryAfter) {
        handle.createUpdate(GIVE_BACK)
                .bind("workspace", seen.key().workspaceId())
                .bind("mailbox", seen.key().mailboxId())
                .bind("node", node)
                .bind("problem", problem)
                .bind("try_after", at(tryAfter))
                .execute();
    }

    static void used(Handle handle, GrantRow seen, Instant now, Instant refreshAt) {
        handle.createUpdate(USED)
                .bind("workspace", seen.key().workspaceId())
                .bind("mailbox", seen.key().mailboxId())
                .bind("now", at(now))
                .bind("refresh_at", at(refreshAt))
                .execute();
    }

    static void postpone(Handle handle, GrantRow seen, Instant tryAfter) {
        handle.createUpdate(POSTPONE)
                .bind("workspace", seen.key().workspaceId())
                .bind("mailbox", seen.key().mailboxId())
                .bind("revision", seen.revision())
                .bind("try_after", at(tryAfter))
                .execute();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
