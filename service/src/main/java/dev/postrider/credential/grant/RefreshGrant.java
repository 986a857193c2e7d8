package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.token.TokenAnswer;
import dev.postrider.credential.provider.token.TokenEndpoint;
import dev.postrider.log.Journal;
import dev.postrider.machine.StopPoint;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * One refresh of one grant: takes its lease, asks the token endpoint while no connection of the
 * database is held, and writes what came of it only if the grant is still as it was. The lease is
 * renewed while the call is under way; should it end all the same, the revision decides who came
 * first.
 */
final class RefreshGrant {
    private static final Journal JOURNAL = Journal.of("flow");

    /** An end may be lifted, by an administrator for instance; nobody is asked more often. */
    private static final Duration AFTER_AN_END = Duration.ofMinutes(1);

    /** What one request was refused for is seldom mended by itself. */
    private static final Duration AFTER_A_REFUSED_REQUEST = Duration.ofMinutes(5);

    private final Database database;
    private final Vault vault;
    private final TokenEndpoint tokens;
    private final Supplier<GrantListener> listener;
    private final AppFaults faults;
    private final InstantSource clock;
    private final Duration lease;

    RefreshGrant(
            Database database,
            Vault vault,
            TokenEndpoint tokens,
            Supplier<GrantListener> listener,
            AppFaults faults,
            InstantSource clock,
            Duration lease) {
        this.database = database;
        this.vault = vault;
        this.tokens = tokens;
        this.listener = listener;
        this.faults = faults;
        this.clock = clock;
        this.lease = lease;
    }

    /** What became of it. */
    sealed interface Outcome {
        record Done(TokenResult result) implements Outcome {}

        /** Somebody else refreshes this grant, or has: look again. */
        record Overtaken() implements Outcome {}
    }

    /** The lost race: its transaction is rolled back. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("the grant isn't as it was", null, false, false);
        }
    }

    /**
     * Refreshes a grant that was just read.
     *
     * @param isUse whether somebody wants the token now
     */
    Outcome refresh(
            GrantRow seen, StoredTokens stored, ProviderApp app, Audience audience, boolean isUse)
            throws InterruptedException {
        var node = UUID.randomUUID();
        if (!database.inTransaction(handle -> GrantTable.claim(handle, seen, node, lease))) {
            return new Outcome.Overtaken();
        }
        var asked = clock.instant();
        TokenAnswer answer;
        try (var _ = RenewLease.start(database, seen, node, lease)) {
            answer = ask(seen, stored, app, audience);
        }
        StopPoint.TOKEN_READ.pass();
        try {
            return new Outcome.Done(
                    switch (answer) {
                        case TokenAnswer.Tokens given ->
                                keep(seen, stored, app, audience, given, asked, isUse);
                        case TokenAnswer.Ended(var code, var problem) -> {
                            var ended = end(seen, code, problem);
                            // who is told so is known there
                            faults.accepted(app);
                            yield ended;
                        }
                        case TokenAnswer.AppAtFault(var isForAll, var problem) -> {
                            faults.refused(app, isForAll, problem);
                            giveBack(
                                    seen,
                                    node,
                                    problem,
                                    isForAll ? Duration.ZERO : AFTER_A_REFUSED_REQUEST);
                            yield new TokenResult.AppAtFault(app.label(), problem);
                        }
                        case TokenAnswer.NotNow(var problem, var told) -> {
                            var pause = RefreshTimes.pause(told, seen.failures());
                            giveBack(seen, node, problem, pause);
                            yield new TokenResult.NotNow(problem, pause);
                        }
                    });
        } catch (Lost _) {
            JOURNAL.detail("a refresh came too late", "mailbox", seen.key().mailboxId());
            return new Outcome.Overtaken();
        }
    }

    private TokenAnswer ask(GrantRow seen, StoredTokens stored, ProviderApp app, Audience audience)
            throws InterruptedException {
        return stored.refreshToken().isPresent()
                ? tokens.refresh(app, stored.refreshToken().get(), seen.info().scopes(), audience)
                : tokens.forAddress(
                        app,
                        seen.info().account().address().orElseThrow(),
                        seen.info().tier(),
                        audience);
    }

    private TokenResult keep(
            GrantRow seen,
            StoredTokens stored,
            ProviderApp app,
            Audience audience,
            TokenAnswer.Tokens given,
            Instant asked,
            boolean isUse) {
        var key = seen.key();
        var token = given.access();
        var scopes = new RefreshedScopes(seen, app, audience, token.scopes());
        var refreshAt = RefreshTimes.refreshAt(key.mailboxId(), token, asked);
        var entry = new StoredTokens.Entry(token, refreshAt, Optional.empty());
        var before = stored.of(audience).map(StoredTokens.Entry::token);
        var next =
                RefreshTimes.next(
                        key,
                        seen.info().isApplication(),
                        isUse ? asked : seen.usedAt(),
                        refreshAt,
                        asked);
        var sealed =
                SealedTokens.of(
                        stored.with(audience, entry.replacing(before), given.refreshToken()),
                        key.mailboxId(),
                        vault);
        database.inTransaction(handle -> {
            scopes.lost()
                    .ifPresent(problem -> tellEnded(handle, seen, RefreshedScopes.LOST, problem));
            if (!GrantTable.store(
                    handle,
                    seen,
                    new GrantTable.Refreshed(
                            sealed,
                            scopes.now(),
                            scopes.tier(),
                            asked,
                            given.refreshToken().map(_ -> asked),
                            given.endsAt(),
                            next))) {
                throw new Lost();
            }
            scopes.lost()
                    .ifPresent(problem ->
                            end(handle, seen, seen.revision() + 1, RefreshedScopes.LOST, problem));
            return true;
        });
        StopPoint.TOKEN_STORED.pass();
        faults.accepted(app);
        if (scopes.lost().isPresent()) {
            sayEnded(seen, RefreshedScopes.LOST, scopes.lost().get());
            return new TokenResult.Ended(RefreshedScopes.LOST, scopes.lost().get());
        }
        if (scopes.areOthers()) {
            JOURNAL.event("scopes changed", "mailbox", key.mailboxId(), "scopes", scopes.now());
        }
        return RefreshTimes.isUsable(token, clock.instant())
                ? new TokenResult.Granted(token)
                : new TokenResult.NotNow(
                        "The provider gave an access token that is over at once.",
                        RefreshTimes.pause(Duration.ofMinutes(1), seen.failures()));
    }

    private TokenResult end(GrantRow seen, String code, String problem) {
        database.inTransaction(handle -> {
            tellEnded(handle, seen, code, problem);
            end(handle, seen, seen.revision(), code, problem);
            StopPoint.GRANT_ENDING.pass();
            return true;
        });
        StopPoint.GRANT_ENDED.pass();
        sayEnded(seen, code, problem);
        return new TokenResult.Ended(code, problem);
    }

    /** Before the grant's row is written: whoever removes a mailbox takes them so. */
    private void tellEnded(Handle handle, GrantRow seen, String code, String problem) {
        listener.get()
                .ended(
                        handle,
                        seen.key().workspaceId(),
                        seen.key().mailboxId(),
                        seen.version(),
                        code,
                        problem);
    }

    private void end(Handle handle, GrantRow seen, long revision, String code, String problem) {
        var now = clock.instant();
        if (!GrantTable.end(
                handle, seen.key(), revision, code, problem, now, now.plus(AFTER_AN_END))) {
            throw new Lost();
        }
    }

    private static void sayEnded(GrantRow seen, String code, String problem) {
        JOURNAL.warning(
                "grant ended", "mailbox", seen.key().mailboxId(), "code", code, "reason", problem);
    }

    private void giveBack(GrantRow seen, UUID node, String problem, Duration pause) {
        database.inTransaction(handle -> {
            GrantTable.giveBack(handle, seen, node, problem, clock.instant().plus(pause));
            return true;
        });
    }

    /** A token that was refused, as the entry of the one that comes next remembers it. */
    static boolean isAnswered(StoredTokens.Entry entry, AccessToken refused) {
        return !entry.token().value().equals(refused.value()) || entry.replaced(refused);
    }
}
