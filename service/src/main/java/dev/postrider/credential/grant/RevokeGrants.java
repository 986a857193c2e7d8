package dev.postrider.credential.grant;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditOutcome;
import dev.postrider.credential.grant.LeavingGrants.Leaving;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.token.ProviderCalls;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Takes grants back at their provider (RFC 7009), now that their mailboxes are gone or their
 * accounts were refused. That ends all that an account has granted to an app, so it is left alone
 * while another mailbox lives of it. What a node that died had begun, another does again; what was
 * told before is told once more to no harm.
 */
@Singleton
public final class RevokeGrants implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /**
     * Longer than a call takes. Doubled by each attempt: the last is half a day after the first.
     */
    private static final Duration LEASE = ProviderCalls.PATIENCE.multipliedBy(3);

    static final int MOST_ATTEMPTS = 10;

    private final Database database;
    private final Vault vault;
    private final ProviderApps apps;
    private final ProviderCalls calls;
    private final Loop loop =
            new Loop(
                    JOURNAL, "revoke-grants", "grants can't be taken back", LOOK_EVERY, this::once);

    @Inject
    public RevokeGrants(Database database, Vault vault, ProviderApps apps) {
        this(database, vault, apps, new ProviderCalls());
    }

    RevokeGrants(Database database, Vault vault, ProviderApps apps, ProviderCalls calls) {
        this.database = database;
        this.vault = vault;
        this.apps = apps;
        this.calls = calls;
    }

    /** What became of a try. */
    private sealed interface Result {
        record Revoked() implements Result {}

        /** There is nothing to take back, or no way to: no news for anybody. */
        record Left() implements Result {}

        /** It stands in the account's settings until its user removes it there. */
        record Impossible(String reason) implements Result {}

        record NotNow(String reason) implements Result {}
    }

    /** Without apps too: what was written while there were some is to go. */
    @Override
    public void start() {
        loop.start();
    }

    /** All that is due. */
    void once() throws InterruptedException {
        var next = claim();
        while (next.isPresent()) {
            end(next.get(), revoke(next.get()));
            next = loop.isStopping() ? Optional.empty() : claim();
        }
    }

    private Optional<Leaving> claim() {
        return database.statement(handle -> LeavingGrants.claim(handle, LEASE));
    }

    private Result revoke(Leaving leaving) throws InterruptedException {
        var app = apps.find(leaving.provider(), Optional.of(leaving.app()));
        if (app.isEmpty()) {
            return new Result.Impossible("its app isn't set up any more");
        }
        var endpoint = app.flatMap(each -> each.endpoints().revoke());
        if (endpoint.isEmpty() || database.read(handle -> LeavingGrants.isInUse(handle, leaving))) {
            return new Result.Left();
        }
        var token =
                leaving.sealed().open(leaving.ownerId(), vault).flatMap(StoredTokens::refreshToken);
        return token.isEmpty()
                ? new Result.Impossible("no key opens its token")
                : revoke(app.get(), endpoint.get(), token.get());
    }

    private Result revoke(ProviderApp app, URI endpoint, String token) throws InterruptedException {
        return switch (calls.post(endpoint, Map.of("token", token))) {
            case ProviderCalls.Reply.Answer(var status, _, _) when status == 200 ->
                    new Result.Revoked();
            // it isn't known any more: its user was faster, or another mailbox's took it along
            case ProviderCalls.Reply.Answer(var status, var json, _)
                    when status == 400
                            && json.filter(each ->
                                            each.path("error").asText().equals("invalid_token"))
                                    .isPresent() ->
                    new Result.Revoked();
            case ProviderCalls.Reply.Answer(var status, _, _) ->
                    new Result.NotNow(app.label() + " answered " + status);
            case ProviderCalls.Reply.None(var reason) ->
                    new Result.NotNow(app.label() + ": it " + reason);
        };
    }

    private void end(Leaving leaving, Result result) {
        switch (result) {
            case Result.Revoked _ -> end(leaving, Optional.of(AuditOutcome.DONE), "");
            case Result.Left _ -> end(leaving, Optional.empty(), "");
            case Result.Impossible(var reason) ->
                    end(leaving, Optional.of(AuditOutcome.REFUSED), reason);
            case Result.NotNow(var reason) -> {
                if (leaving.attempt() >= MOST_ATTEMPTS) {
                    end(leaving, Optional.of(AuditOutcome.REFUSED), reason);
                }
            }
        }
    }

    /** The workspace's log stays when it goes itself. */
    private void end(Leaving leaving, Optional<AuditOutcome> told, String reason) {
        database.inTransaction(handle -> {
            LeavingGrants.end(handle, leaving);
            told.ifPresent(outcome ->
                    AuditLog.add(
                            handle,
                            new Actor(
                                    leaving.workspaceId(),
                                    Optional.empty(),
                                    "postrider",
                                    Optional.empty()),
                            "grant.revoked",
                            new AuditLog.Subject(
                                    leaving.kind(),
                                    Optional.of(leaving.ownerId()),
                                    leaving.account().address().orElse("")),
                            outcome));
            return true;
        });
        told.ifPresent(outcome -> say(leaving, outcome, reason));
    }

    private static void say(Leaving leaving, AuditOutcome outcome, String reason) {
        if (outcome == AuditOutcome.DONE) {
            JOURNAL.event("grant revoked", leaving.kind(), leaving.ownerId());
        } else {
            JOURNAL.warning(
                    "grant not revoked: its user can remove the app in their account's settings",
                    leaving.kind(),
                    leaving.ownerId(),
                    "reason",
                    reason);
        }
    }

    /** A call that is under way ends by itself, soon. */
    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
