package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Account;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.UnusedGrant;
import dev.postrider.postgres.NewId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Grants that nobody keeps, until they are taken back at their provider: of mailboxes that are
 * gone, written in the transaction that removes the mailbox, whoever removes it and why, and of
 * accounts whose try to connect a mailbox was refused.
 */
public final class LeavingGrants {
    /** An app's own access is no user's, and not ours to end. */
    private static final String KEEP =
            """
            insert into grant_revocation
                (id, workspace_id, mailbox_id, provider, app, subject, tenant, address, secret)
            select :id, oauth_grant.workspace_id, oauth_grant.mailbox_id, oauth_grant.provider,
                   oauth_grant.app, oauth_grant.subject, oauth_grant.tenant, oauth_grant.address,
                   credential.secret
            from oauth_grant
            join credential
              on credential.workspace_id = oauth_grant.workspace_id
             and credential.mailbox_id = oauth_grant.mailbox_id
             and credential.kind = 'oauth'
            where oauth_grant.workspace_id = :workspace
              and oauth_grant.mailbox_id = :mailbox
              and not oauth_grant.is_application
            """;

    /**
     * The account's address is kept from the log: whose link it was hasn't connected it.
     *
     * <p>The time is that within which a way to the provider is good: whoever tries again in time
     * is found to use the grant.
     */
    private static final String DISCARD =
            """
            insert into grant_revocation
                (id, workspace_id, link_id, provider, app, subject, tenant, address, secret, due_at)
            values
                (:id, :workspace, :link, :provider, :app, :subject, :tenant, '', :secret,
                 now() + interval '10 minutes')
            """;

    /** One at a time, so that a lease outlives its call. */
    private static final String CLAIM =
            """
            update grant_revocation
            set attempts = attempts + 1,
                due_at = now() + cast(:lease as interval) * power(2, least(attempts, 8))
            where id = (select id
                        from grant_revocation
                        where due_at <= now()
                        order by due_at
                        limit 1
                        for update skip locked)
            returning *
            """;

    private static final String END =
            """
            delete from grant_revocation
            where id = :id
            """;

    /**
     * All workspaces': a provider knows none of them. A grant that ended may go on one day, when an
     * administrator allows it again for instance; not one that was revoked.
     */
    private static final String IS_IN_USE =
            """
            select exists (
                select
                from oauth_grant
                where provider = :provider
                  and app = :app
                  and subject = :subject
                  and tenant is not distinct from :tenant
                  and end_code is distinct from 'grant_revoked'
            )
            """;

    private LeavingGrants() {}

    /**
     * A grant that is to be taken back.
     *
     * @param kind what its owner is: {@code mailbox}, or {@code connect_link}
     * @param ownerId of the mailbox that is gone, or of the link whose try was refused
     * @param attempt counts from 1
     */
    record Leaving(
            UUID id,
            UUID workspaceId,
            String kind,
            UUID ownerId,
            Provider provider,
            String app,
            Account account,
            SealedTokens sealed,
            int attempt) {}

    /** Before the mailbox's row goes; nothing to do for one that logs in with a password. */
    public static void keep(Handle handle, UUID workspaceId, UUID mailboxId) {
        handle.createUpdate(KEEP)
                .bind("id", NewId.get())
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .execute();
    }

    /** What a try of a link has brought. */
    static void discard(
            Handle handle, UUID workspaceId, UUID linkId, UnusedGrant unused, SealedTokens sealed) {
        handle.createUpdate(DISCARD)
                .bind("id", NewId.get())
                .bind("workspace", workspaceId)
                .bind("link", linkId)
                .bind("provider", unused.provider().text())
                .bind("app", unused.app())
                .bind("subject", unused.account().subject())
                .bind("tenant", unused.account().tenant())
                .bind("secret", sealed.octets())
                .execute();
    }

    /**
     * Takes one that is due.
     *
     * @param lease until another takes it, when this node dies; doubled by each attempt
     */
    static Optional<Leaving> claim(Handle handle, Duration lease) {
        return handle.createQuery(CLAIM)
                .bind("lease", lease)
                .map((row, _) -> leaving(row))
                .findOne();
    }

    static void end(Handle handle, Leaving leaving) {
        handle.createUpdate(END).bind("id", leaving.id()).execute();
    }

    /** Whether some mailbox lives of what the account has granted to the app. */
    static boolean isInUse(Handle handle, Leaving leaving) {
        return handle.createQuery(IS_IN_USE)
                .bind("provider", leaving.provider().text())
                .bind("app", leaving.app())
                .bind("subject", leaving.account().subject())
                .bind("tenant", leaving.account().tenant())
                .mapTo(Boolean.class)
                .one();
    }

    private static Leaving leaving(ResultSet row) throws SQLException {
        var mailbox = Optional.ofNullable(row.getObject("mailbox_id", UUID.class));
        return new Leaving(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                mailbox.isPresent() ? "mailbox" : "connect_link",
                mailbox.isPresent() ? mailbox.get() : row.getObject("link_id", UUID.class),
                Provider.of(row.getString("provider")).orElseThrow(),
                row.getString("app"),
                new Account(
                        row.getString("subject"),
                        Optional.ofNullable(row.getString("tenant")),
                        Optional.of(row.getString("address"))),
                new SealedTokens(row.getBytes("secret")),
                row.getInt("attempts"));
    }
}
