package dev.postrider.credential.grant;

import dev.postrider.credential.CredentialTable;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.UnusedGrant;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.credential.provider.token.TokenEndpoint;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The grants of mailboxes. An access token that is good is given at once; else one thread of one
 * node asks for another and the rest wait for it. Safe for concurrent use.
 */
@Singleton
public final class Grants implements AccessTokens {
    /** Of a refresh, renewed while it goes on: so long those wait whose node has died within it. */
    static final Duration LEASE = Duration.ofSeconds(6);

    private final Database database;
    private final Vault vault;
    private final ProviderApps apps;
    private final InstantSource clock;
    private final AppFaults faults;
    private final GiveToken tokens;

    @Inject
    public Grants(
            Database database,
            Vault vault,
            ProviderApps apps,
            Instance<GrantListener> listener,
            AppFaults faults,
            InstantSource clock) {
        this(
                database,
                vault,
                apps,
                // not before somebody is to be told: it knows mailboxes, which know us
                listener::get,
                faults,
                clock,
                new ProviderCalls(),
                LEASE);
    }

    /**
     * @param lease of a refresh, renewed while a call is under way
     */
    public Grants(
            Database database,
            Vault vault,
            ProviderApps apps,
            Supplier<GrantListener> listener,
            AppFaults faults,
            InstantSource clock,
            ProviderCalls calls,
            Duration lease) {
        this.database = database;
        this.vault = vault;
        this.apps = apps;
        this.clock = clock;
        this.faults = faults;
        this.tokens =
                new GiveToken(
                        database,
                        vault,
                        apps,
                        clock,
                        faults,
                        new RefreshGrant(
                                database,
                                vault,
                                new TokenEndpoint(calls, clock),
                                listener,
                                faults,
                                clock,
                                lease));
    }

    /**
     * Puts a new grant in the place of what the mailbox logged in with, in the transaction that
     * makes or reconnects it. Of the old one nothing is left: whoever refreshes it meanwhile, or is
     * refused because of it, comes too late.
     */
    public void put(Handle handle, UUID workspaceId, UUID mailboxId, NewGrant grant) {
        var now = clock.instant();
        var key = new GrantRow.Key(workspaceId, mailboxId);
        var refreshAt = RefreshTimes.refreshAt(mailboxId, grant.access(), now);
        var stored =
                new StoredTokens(
                        grant.refreshToken(),
                        Map.of(
                                Audience.API,
                                new StoredTokens.Entry(
                                        grant.access(), refreshAt, Optional.empty())));
        CredentialTable.put(
                handle,
                workspaceId,
                mailboxId,
                "oauth",
                SealedTokens.of(stored, mailboxId, vault).octets());
        PutGrant.put(
                handle,
                key,
                grant,
                now,
                RefreshTimes.next(key, grant.refreshToken().isEmpty(), now, refreshAt, now));
    }

    /**
     * Has tokens taken back that a try of a link has brought and that nobody keeps. Not at once:
     * whoever tries again soon goes on with what they have granted.
     */
    public void discard(UUID workspaceId, UUID linkId, UnusedGrant unused) {
        var canBeRevoked =
                apps.find(unused.provider(), Optional.of(unused.app()))
                        .flatMap(app -> app.endpoints().revoke())
                        .isPresent();
        if (canBeRevoked) {
            var token = new StoredTokens(Optional.of(unused.token()), Map.of());
            database.of(workspaceId)
                    .inTransaction(handle -> {
                        LeavingGrants.discard(
                                handle,
                                workspaceId,
                                linkId,
                                unused,
                                SealedTokens.of(token, linkId, vault));
                        return true;
                    });
        }
    }

    /** What is known of a mailbox's grant; empty for one that has none. */
    public Optional<GrantInfo> find(UUID workspaceId, UUID mailboxId) {
        return database.of(workspaceId).read(handle -> find(handle, workspaceId, mailboxId));
    }

    public Optional<GrantInfo> find(Handle handle, UUID workspaceId, UUID mailboxId) {
        return GrantTable.find(handle, new GrantRow.Key(workspaceId, mailboxId))
                .map(GrantRow::infoNow);
    }

    @Override
    public TokenResult get(UUID workspaceId, UUID mailboxId, Audience audience)
            throws InterruptedException {
        return tokens.give(new GrantRow.Key(workspaceId, mailboxId), audience, Optional.empty());
    }

    @Override
    public TokenResult renew(
            UUID workspaceId, UUID mailboxId, Audience audience, AccessToken refused)
            throws InterruptedException {
        return tokens.give(
                new GrantRow.Key(workspaceId, mailboxId), audience, Optional.of(refused));
    }

    @Override
    public void appFailed(UUID workspaceId, UUID mailboxId, String problem) {
        find(workspaceId, mailboxId)
                .flatMap(info -> apps.find(info.provider(), Optional.of(info.app())))
                .ifPresent(app -> faults.failed(app, AppFaults.Kind.API, true, problem));
    }

    /**
     * Refreshes a grant that nobody has asked for just now, unless it is being refreshed.
     *
     * @param isProbe whether to ask although its app is refused
     * @return the access token; empty when there is none, or nothing was done
     */
    Optional<AccessToken> refreshUnasked(GrantRow.Key key, boolean isProbe)
            throws InterruptedException {
        return tokens.refreshUnasked(key, isProbe);
    }
}
