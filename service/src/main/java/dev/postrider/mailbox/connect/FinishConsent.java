package dev.postrider.mailbox.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.credential.grant.Grants;
import dev.postrider.credential.provider.Account;
import dev.postrider.credential.provider.Authorize;
import dev.postrider.credential.provider.CodeResult;
import dev.postrider.credential.provider.NewGrant;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.UnusedGrant;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.postgres.Database;
import dev.postrider.transport.Kinds;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a provider's answer: once, in time, from the browser that was sent there and for the app
 * that it was sent to. Nothing is stored before the account is known to be the right one.
 */
@Singleton
public final class FinishConsent {
    private static final Journal JOURNAL = Journal.of("http");

    private final Database database;
    private final ConnectVisits visits;
    private final ConnectUrls urls;
    private final KeepMailbox keep;
    private final ProviderApps apps;
    private final Authorize authorize;
    private final Grants grants;
    private final Kinds kinds;
    private final InstantSource clock;

    FinishConsent(
            Database database,
            ConnectVisits visits,
            ConnectUrls urls,
            KeepMailbox keep,
            ProviderApps apps,
            Authorize authorize,
            Grants grants,
            Kinds kinds,
            InstantSource clock) {
        this.database = database;
        this.visits = visits;
        this.urls = urls;
        this.keep = keep;
        this.apps = apps;
        this.authorize = authorize;
        this.grants = grants;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** What became of an answer. */
    public sealed interface Result {
        record Connected(ConnectVisit visit, Mailbox mailbox) implements Result {}

        /** The link can be tried again. */
        record Failed(ConnectVisit visit, ConnectFailure failure) implements Result {}

        /** The link was used, revoked or expired meanwhile. */
        record Closed(ConnectVisits.Arrival arrival) implements Result {}

        /** It belongs to nothing that this browser has begun, or came twice, or too late. */
        record Unknown() implements Result {}
    }

    /**
     * @param callback which app the answer was sent to: each has a URL of its own (RFC 9700, 4.4.2)
     * @param from where the request came from
     */
    public Result finish(
            ConnectOption.Consent callback, ProviderAnswer answer, Browser browser, String from)
            throws InterruptedException {
        if (answer.isRepeated() || answer.state().isEmpty()) {
            return new Result.Unknown();
        }
        var state = new OpaqueToken(answer.state().get());
        var attempt =
                database.of(Database.ANYBODY)
                        .inTransaction(handle ->
                                ConnectAttemptTable.take(handle, state, browser, clock.instant()));
        if (attempt.isEmpty()) {
            return new Result.Unknown();
        }
        var sent = new ConnectOption.Consent(attempt.get().provider(), attempt.get().app());
        var app = apps.find(sent.provider(), Optional.of(sent.app()));
        if (!sent.equals(callback) || app.isEmpty() || !Authorize.isFrom(app.get(), answer.iss())) {
            JOURNAL.warning("provider's answer refused", "link", attempt.get().linkId());
            return new Result.Unknown();
        }
        var arrival = visits.arrive(attempt.get().linkId().toString(), browser);
        return arrival instanceof ConnectVisits.Arrival.Open(var visit)
                ? finish(visit, app.get(), attempt.get(), answer, from)
                : new Result.Closed(arrival);
    }

    private Result finish(
            ConnectVisit visit,
            ProviderApp app,
            ConnectAttemptTable.Attempt attempt,
            ProviderAnswer answer,
            String from)
            throws InterruptedException {
        if (answer.error().isPresent()) {
            JOURNAL.event(
                    "consent refused", "link", visit.link().id(), "error", answer.error().get());
            return failedAt(visit, app, answer.failure());
        }
        if (answer.code().isEmpty()) {
            return failed(visit, ConnectFailure.ACCESS_DENIED, Optional.empty());
        }
        var before = BeginConsent.grant(visit, grants);
        var exchanged =
                authorize.exchange(
                        app,
                        answer.code().get(),
                        attempt.verifier(),
                        urls.callback(app.provider(), app.name()).orElseThrow(),
                        attempt.nonce(),
                        BeginConsent.tier(visit, before));
        return switch (exchanged) {
            case CodeResult.Granted(var grant) -> {
                var result = granted(visit, grant, before, from);
                if (!(result instanceof Result.Connected)) {
                    discard(visit, UnusedGrant.of(grant));
                }
                yield result;
            }
            case CodeResult.Refused(var code, var problem, var unused) -> {
                unused.ifPresent(each -> discard(visit, each));
                JOURNAL.event("code refused", "link", visit.link().id(), "reason", problem);
                yield failedAt(visit, app, refused(code));
            }
            case CodeResult.AppAtFault(_, var problem) -> {
                JOURNAL.warning("app at fault", "app", app.label(), "reason", problem);
                yield failed(visit, ConnectFailure.APP_AT_FAULT, Optional.empty());
            }
            case CodeResult.NotNow(var problem, var unused) -> {
                unused.ifPresent(each -> discard(visit, each));
                JOURNAL.event("provider away", "link", visit.link().id(), "reason", problem);
                yield failed(visit, ConnectFailure.PROVIDER_UNAVAILABLE, Optional.empty());
            }
        };
    }

    /** Who isn't connected has left no door open. */
    private void discard(ConnectVisit visit, UnusedGrant unused) {
        grants.discard(visit.link().workspaceId(), visit.link().id(), unused);
    }

    /** Whose consent an administrator has to give is told by its page. */
    private Result failedAt(ConnectVisit visit, ProviderApp app, ConnectFailure failure) {
        return failed(
                visit,
                failure,
                failure == ConnectFailure.ADMIN_CONSENT_REQUIRED
                        ? Optional.of(new ConnectOption.Consent(app.provider(), app.name()).text())
                        : Optional.empty());
    }

    private static ConnectFailure refused(String code) {
        return switch (code) {
            case "scope_missing" -> ConnectFailure.PERMISSION_MISSING;
            case "no_refresh_token" -> ConnectFailure.NO_REFRESH_TOKEN;
            case "no_mailbox" -> ConnectFailure.NO_MAILBOX;
            case "admin_policy", "consent_required" -> ConnectFailure.ADMIN_CONSENT_REQUIRED;
            // the same again may well be taken
            case "code_invalid", "identity_invalid" -> ConnectFailure.PROVIDER_UNAVAILABLE;
            case String _ -> ConnectFailure.ACCESS_DENIED;
        };
    }

    private Result granted(
            ConnectVisit visit, NewGrant grant, Optional<GrantInfo> before, String from) {
        var address = grant.account().address().orElse("");
        if (address.isEmpty()) {
            return failed(visit, ConnectFailure.NO_MAILBOX, Optional.of("?"));
        }
        var isRight =
                before.isPresent()
                        ? isSame(before.get().account(), grant.account())
                        : visit.address().filter(only -> !only.equalsIgnoreCase(address)).isEmpty();
        if (!isRight) {
            return failed(visit, ConnectFailure.WRONG_ACCOUNT, Optional.of(address));
        }
        var kind = kinds.named(ConnectOption.kind(grant.provider())).orElseThrow();
        var kept =
                keep.keep(
                        visit,
                        new KeepMailbox.Works(
                                address,
                                kind.restore(JsonNodeFactory.instance.objectNode()),
                                Optional.empty(),
                                from,
                                (handle, mailbox, _) -> {
                                    var known =
                                            grants.find(
                                                    handle, mailbox.workspaceId(), mailbox.id());
                                    if (known.filter(
                                                    info ->
                                                            !isSame(
                                                                    info.account(),
                                                                    grant.account()))
                                            .isPresent()) {
                                        return Optional.of(ConnectFailure.MAILBOX_EXISTS);
                                    }
                                    grants.put(handle, mailbox.workspaceId(), mailbox.id(), grant);
                                    return Optional.empty();
                                }));
        return switch (kept) {
            case KeepMailbox.Kept.Done(var mailbox) -> new Result.Connected(visit, mailbox);
            case KeepMailbox.Kept.Failed(var failure) -> failed(visit, failure, Optional.empty());
            case KeepMailbox.Kept.Closed _ ->
                    new Result.Closed(visits.arrive(visit.link().id().toString(), visit.browser()));
        };
    }

    /** The address may change while the account stays, and pass on to another account. */
    private static boolean isSame(Account one, Account other) {
        return one.subject().equals(other.subject()) && one.tenant().equals(other.tenant());
    }

    private Result failed(ConnectVisit visit, ConnectFailure failure, Optional<String> with) {
        visits.fail(visit, failure, with);
        return new Result.Failed(visit, failure);
    }
}
