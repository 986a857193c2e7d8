package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.machine.KeyedPermits;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Gives the access token that there is, or has it refreshed: by one thread of one node, while the
 * others look again and again until it is there. Safe for concurrent use.
 */
final class GiveToken {
    /** Of somebody who needs a token while another refreshes. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** How exactly it is known when a grant was used. */
    private static final Duration USED_TO = Duration.ofMinutes(15);

    private static final Duration POSTPONED = Duration.ofHours(1);

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

    GiveToken(
            Database database,
            Vault vault,
            ProviderApps apps,
            InstantSource clock,
            AppFaults faults,
            RefreshGrant refresh) {
        this.database = database;
        this.vault = vault;
        this.apps = apps;
        this.clock = clock;
        this.faults = faults;
        this.refresh = refresh;
    }

    /**
     * An access token that is good now.
     *
     * @param refused it must be another one than that which the provider has refused
     */
    TokenResult give(GrantRow.Key key, Audience audience, Optional<AccessToken> refused)
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
        if (row.appFault().isPresent() && !(mayRefresh && isOnTrial(row))) {
            // tokens that there are may well be taken, when the token endpoint gives no new ones
            var fault = row.appFault().get();
            return usable.filter(_ -> fault.isTokenEndpoint())
                    .flatMap(GiveToken::granted)
                    .or(() ->
                            fault.isOnTrial() && !mayRefresh
                                    ? Optional.empty()
                                    : Optional.of(atFault(row, fault.problem())));
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
            case RefreshGrant.Outcome.Overtaken() -> usable.flatMap(GiveToken::granted);
            case RefreshGrant.Outcome.Done(var result) ->
                    switch (result) {
                        case TokenResult.Granted _, TokenResult.Ended _ -> Optional.of(result);
                        // in the margin the old one is still good
                        case TokenResult.AppAtFault _, TokenResult.NotNow _ ->
                                usable.flatMap(GiveToken::granted).or(() -> Optional.of(result));
                    };
        };
    }

    /** Of all mailboxes of an app whose API was switched off, one tries it. */
    private boolean isOnTrial(GrantRow row) {
        return row.appFault().filter(GrantRow.AppFault::isOnTrial).isPresent()
                && app(row).filter(faults::takeTrial).isPresent();
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

    /**
     * Refreshes a grant that nobody has asked for just now, unless it is being refreshed.
     *
     * @param isProbe whether to ask although its app is refused
     * @return the access token; empty when there is none, or nothing was done
     */
    Optional<AccessToken> refreshUnasked(GrantRow.Key key, boolean isProbe)
            throws InterruptedException {
        if (!turns.tryAcquire(key, 1, Duration.ZERO)) {
            return Optional.empty();
        }
        try {
            var now = clock.instant();
            var row =
                    read(key)
                            .filter(each ->
                                    isProbe || (each.appFault().isEmpty() && each.isDue(now)));
            var stored = row.flatMap(each -> each.sealed().open(key.mailboxId(), vault));
            var app = row.flatMap(this::app);
            if (row.isEmpty() || stored.isEmpty() || app.isEmpty()) {
                row.ifPresent(this::postpone);
                return Optional.empty();
            }
            return switch (refresh.refresh(
                    row.get(), stored.get(), app.get(), stored.get().lastUsed(), false)) {
                case RefreshGrant.Outcome.Done(TokenResult.Granted(var token)) ->
                        Optional.of(token);
                case RefreshGrant.Outcome.Done _, RefreshGrant.Outcome.Overtaken() ->
                        Optional.empty();
            };
        } finally {
            turns.release(key);
        }
    }

    /** What can't be refreshed at all stands in nobody's way. */
    private void postpone(GrantRow row) {
        database.inTransaction(handle -> {
            GrantTable.postpone(handle, row, clock.instant().plus(POSTPONED));
            return true;
        });
    }

    private Optional<GrantRow> read(GrantRow.Key key) {
        return database.read(handle -> GrantTable.find(handle, key));
    }

    private Optional<ProviderApp> app(GrantRow row) {
        return apps.find(row.info().provider(), Optional.of(row.info().app()));
    }
}
