package dev.postrider.transport.api;

import dev.postrider.credential.grant.TokenResult;
import dev.postrider.email.Outcome;
import dev.postrider.log.Journal;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.Verification;
import dev.postrider.transport.api.message.MessageHead;
import java.util.Optional;

/** Asks a provider whether a mailbox may be sent from, and sends nothing. */
final class VerifyApi {
    private static final Journal JOURNAL = Journal.of("http");

    private final ApiDependencies tools;
    private final MailboxKey mailbox;
    private final FindApi.Api api;

    VerifyApi(ApiDependencies tools, MailboxKey mailbox, FindApi.Api api) {
        this.tools = tools;
        this.mailbox = mailbox;
        this.api = api;
    }

    Verification verify() {
        try (var calls =
                new ApiCalls(
                        tools.client()
                                .session(
                                        mailbox.workspaceId(),
                                        api.base(),
                                        OutboundCall.Reach.TLS_ONLY),
                        tools.tokens(),
                        tools.rules(),
                        mailbox,
                        tools.clock())) {
            var missing = calls.authorize();
            return missing.isPresent() ? without(missing.get()) : verify(calls);
        }
    }

    private Verification verify(ApiCalls calls) {
        if (!tools.api().maySend(calls.token())) {
            var problem =
                    "The account's user hasn't allowed sending: connect the mailbox again and leave"
                            + " that box ticked.";
            return new Verification.Fails("scope_missing", problem, Optional.of(problem));
        }
        return switch (tools.api().owner(calls, api.user(), calls.token())) {
            case MailApi.Owner.Address(var address)
                    when !MessageHead.key(address).equals(MessageHead.key(api.address())) ->
                    works(
                            calls,
                            Optional.of(
                                    "The account's address is "
                                            + address
                                            + " now, and its provider writes that into From."));
            case MailApi.Owner.Address _ -> works(calls, Optional.empty());
            case MailApi.Owner.NotAsked _ -> renew(calls);
            case MailApi.Owner.Failed(var why) -> failed(why);
        };
    }

    /** Who may send and ask nothing learns by a new token whether the grant is still there. */
    private Verification renew(ApiCalls calls) {
        return calls.renew().map(this::without).orElseGet(() -> works(calls, Optional.empty()));
    }

    private Verification works(ApiCalls calls, Optional<String> warning) {
        var session = calls.session();
        return new Verification.Works(
                Optional.of(
                        new VerifiedApi(
                                tools.api().title(),
                                api.address(),
                                api.tier().text(),
                                calls.token().scopes().stream().sorted().toList(),
                                session.server().orElse(null))),
                warning);
    }

    private Verification failed(ApiCalls.Call.NotAnswered why) {
        var outcome = new InterpretCall(tools, mailbox).of(why, false);
        JOURNAL.event(
                "mailbox not verified", "mailbox", mailbox.mailboxId(), "reason", outcome.detail());
        return switch (outcome) {
            case Outcome.LoginRefused(var code, var detail) ->
                    new Verification.Fails(code, detail, Optional.of(detail));
            case Outcome.Throttled throttled ->
                    new Verification.Fails("deferred", throttled.detail(), Optional.empty());
            case Outcome.Broken(var detail) ->
                    new Verification.Fails("tls_failed", detail, Optional.empty());
            case Outcome.Refused refused ->
                    new Verification.Fails("refused", refused.detail(), Optional.empty());
            case Outcome.Accepted _,
                    Outcome.Deferred _,
                    Outcome.Unsendable _,
                    Outcome.Unreachable _,
                    Outcome.NotSent _,
                    Outcome.Unknown _,
                    Outcome.StillUnknown _ ->
                    new Verification.Fails("unreachable", outcome.detail(), Optional.empty());
        };
    }

    private Verification without(TokenResult why) {
        return switch (why) {
            case TokenResult.Ended(var code, var problem) ->
                    new Verification.Fails(code, problem, Optional.of(problem));
            case TokenResult.AppAtFault(_, var problem) ->
                    new Verification.Fails("app_at_fault", problem, Optional.empty());
            case TokenResult.NotNow(var problem, _) ->
                    new Verification.Fails("unreachable", problem, Optional.empty());
            case TokenResult.Granted _ -> throw new IllegalStateException("there is a token");
        };
    }
}
