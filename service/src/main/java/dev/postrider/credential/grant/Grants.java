package dev.postrider.credential.grant;

import dev.postrider.credential.CredentialTable;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.credential.provider.token.TokenEndpoint;
import dev.postrider.machine.KeyedPermits;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
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
    /** Of somebody who needs a token while another refreshes. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** How exactly it is known when a grant was used. */
    private static final Duration USED_TO = Duration.ofMinutes(15);

    private static final TokenResult.NotNow BUSY =
            new TokenResult.NotNow(
                    "The access token is being refreshed, which takes longer than usual.",
                    Duration.ofSeconds(10));

    private final Database database;
    private final Vault vault;
    private final ProviderApps apps;
    private final InstantSource clock;
    private final AppFaults faults;
    private final RefreshGrant refresh;

    /** So that threads of this node wait for each other here and not at the database. */
    private final KeyedPermits<GrantRow.Key> turns = new KeyedPermits<>();

    @Inject
    public Grants(
            Database database,
            Vault vault,
            ProviderApps apps,
            Instance<GrantListener> listener,
            InstantSource clock) {
        this(
                database,
                vault,
                apps,
                listener::get, // not before somebody is to be told: it knows mailboxes, which know
                // us
                clock,
                new ProviderCalls(),
                ProviderCalls.PATIENCE.multipliedBy(3));
    }

    /**
     * @param lease of a refresh; longer than a call takes
     */
    public Grants(
            Database database,
            Vault vault,
            ProviderApps apps,
            Supplier<GrantListener> listener,
            InstantSource clock,
            ProviderCalls calls,
            Duration lease) {
        this.database = database;
        this.vault = vault;
        this.apps = apps;
        this.clock = clock;
        this.faults = new AppFaults(database, listener, clock);
        this.refresh =
                new RefreshGrant(
                        database,
                        vault,
                        new TokenEndpoint(calls, clock),
                        listener,
                        faults,
                        clock,
                        lease);
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
        GrantTable.put(
                handle,
                key,
                grant,
                now,
                RefreshTimes.next(key, grant.refreshToken().isEmpty(), now, refreshAt, now));
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
        return token(new GrantRow.Key(workspaceId, mailboxId), audience, Optional.empty());
    }

    @Override
    public TokenResult renew(
            UUID workspaceId, UUID mailboxId, Audience audience, AccessToken refused)
            throws InterruptedException {
        return token(new GrantRow.Key(workspaceId, mailboxId), audience, Optional.of(refused));
    }

    @Override
    public void appFailed(UUID workspaceId, UUID mailboxId, String problem) {
        read(new GrantRow.Key(workspaceId, mailboxId))
                .flatMap(this::app)
                .ifPresent(app -> faults.failed(app, AppFaults.Kind.API, true, problem));
    }

    private TokenResult token(GrantRow.Key key, Audience audience, Optional<AccessToken> refused)
            throws InterruptedException {
        var known = look(key, audience, refused, false);
        if (known.isPresent()) {
            return known.get();
        }
        if (!turns.tryAcquire(key, 1, PATIENCE)) {
            return BUSY;
        }
        try {
            return refreshed(key, audience, refused);
        } finally {
            turns.release(key);
        }
    }

    /** Refreshes, or waits for another node that does. */
    private TokenResult refreshed(
            GrantRow.Key key, Audience audience, Optional<AccessToken> refused)
            throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        do {
            var known = look(key, audience, refused, true);
            if (known.isPresent()) {
                return known.get();
            }
            Thread.sleep(LOOK_EVERY);
        } while (System.nanoTime() < until);
        return BUSY;
    }

    /**
     * One look at the grant.
     *
     * @param mayRefresh whether to refresh it if it takes that
     * @return empty when it takes a refresh, or another look
     */
    private Optional<TokenResult> look(
            GrantRow.Key key, Audience audience, Optional<AccessToken> refused, boolean mayRefresh)
            throws InterruptedException {
        var found = read(key);
        if (found.isEmpty()) {
            return Optional.of(
                    new TokenResult.Ended(
                            "grant_missing",
                            "This mailbox has no access at its provider. Connect it again."));
        }
        var row = found.get();
        var opened = row.sealed().open(key.mailboxId(), vault);
        if (opened.isEmpty()) {
            return Optional.of(
                    new TokenResult.Ended(
                            "grant_unreadable",
                            "What this mailbox logs in with was sealed under another master key."
                                    + " Connect it again."));
        }
        var stored = opened.get();
        var entry = stored.of(audience);
        var now = clock.instant();
        var usable =
                entry.filter(_ -> row.ended().isEmpty())
                        .filter(each -> RefreshTimes.isUsable(each.token(), now))
                        .filter(each ->
                                refused.isEmpty() || RefreshGrant.isAnswered(each, refused.get()));
        if (row.appFault().isPresent()) {
            // the API may well take the tokens that there are, when the token endpoint gives no new
            // ones
            var fault = row.appFault().get();
            return usable.filter(_ -> fault.isTokenEndpoint())
                    .flatMap(Grants::granted)
                    .or(() -> Optional.of(atFault(row, fault.problem())));
        }
        if (usable.isPresent() && now.isBefore(usable.get().refreshAt())) {
            noteUse(row, usable.get(), now);
            return granted(usable.get());
        }
        var mustWait = row.tryAfter().filter(now::isBefore);
        if (mustWait.isPresent()) {
            return Optional.of(
                    usable.<TokenResult>map(each -> new TokenResult.Granted(each.token()))
                            .orElseGet(() -> waiting(row, Duration.between(now, mustWait.get()))));
        }
        var app = app(row);
        if (app.isEmpty()) {
            return Optional.of(atFault(row, "The settings name no such app any more."));
        }
        if (!mayRefresh) {
            return Optional.empty();
        }
        return switch (refresh.refresh(row, stored, app.get(), audience, true)) {
            case RefreshGrant.Outcome.Overtaken() -> usable.flatMap(Grants::granted);
            case RefreshGrant.Outcome.Done(var result) ->
                    switch (result) {
                        case TokenResult.Granted _, TokenResult.Ended _ -> Optional.of(result);
                        // in the margin the old one is still good
                        case TokenResult.AppAtFault _, TokenResult.NotNow _ ->
                                usable.flatMap(Grants::granted).or(() -> Optional.of(result));
                    };
        };
    }

    private static TokenResult atFault(GrantRow row, String problem) {
        return new TokenResult.AppAtFault(
                row.info().provider().text() + "/" + row.info().app(), problem);
    }

    private static TokenResult waiting(GrantRow row, Duration pause) {
        return row.ended()
                .<TokenResult>map(code -> new TokenResult.Ended(code, row.problem().orElse("")))
                .orElseGet(() -> new TokenResult.NotNow(row.problem().orElse(""), pause));
    }

    private static Optional<TokenResult> granted(StoredTokens.Entry entry) {
        return Optional.of(new TokenResult.Granted(entry.token()));
    }

    private void noteUse(GrantRow row, StoredTokens.Entry entry, Instant now) {
        if (row.usedAt().isBefore(now.minus(USED_TO))) {
            database.inTransaction(handle -> {
                GrantTable.used(handle, row, now, entry.refreshAt());
                return true;
            });
        }
    }

    private Optional<GrantRow> read(GrantRow.Key key) {
        return database.read(handle -> GrantTable.find(handle, key));
    }

    private Optional<ProviderApp> app(GrantRow row) {
        return apps.find(row.info().provider(), Optional.of(row.info().app()));
    }
}
