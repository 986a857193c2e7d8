package dev.postrider.transport.api;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.email.ServerReply;
import dev.postrider.outbound.SessionResult;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.LookAtDrafts.Known;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Search;
import dev.postrider.transport.api.MailApi.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out what became of earlier attempts whose outcome is unknown, before anything is sent
 * again: one look for all emails of a turn.
 */
final class FindSent {
    /** Clocks differ; what is looked through for it costs calls. */
    private static final Duration EARLIER = Duration.ofMinutes(2);

    private static final String FORBIDDEN =
            "What became of an earlier attempt is unknown, and the grant doesn't allow to look into"
                    + " the mailbox.";

    private final ApiDependencies tools;
    private final FindApi.Api api;
    private final ApiCalls calls;
    private final InterpretCall interpret;

    FindSent(ApiDependencies tools, FindApi.Api api, ApiCalls calls, InterpretCall interpret) {
        this.tools = tools;
        this.api = api;
        this.calls = calls;
        this.interpret = interpret;
    }

    /** What is known of each email that there was doubt about; the others may be sent. */
    Map<UUID, Outcome> of(List<DueEmail> emails) {
        var inDoubt = emails.stream().filter(email -> email.unknownSince().isPresent()).toList();
        return inDoubt.isEmpty() ? Map.of() : look(inDoubt);
    }

    private Map<UUID, Outcome> look(List<DueEmail> inDoubt) {
        var missing = calls.authorize();
        if (missing.isPresent()) {
            var why = interpret.withoutToken(missing.get());
            return each(inDoubt, _ -> Optional.of(why));
        }
        var outcomes = new HashMap<UUID, Outcome>();
        var others = inDoubt.stream().filter(email -> !isKnown(email, outcomes)).toList();
        if (!others.isEmpty()) {
            outcomes.putAll(lookInSent(others));
        }
        return outcomes;
    }

    /** Whether its draft says what became of it. */
    private boolean isKnown(DueEmail email, Map<UUID, Outcome> outcomes) {
        var id = email.key().id();
        switch (new LookAtDrafts(tools, api, calls).of(email, tools.limits().settles())) {
            case Known.Nothing _ -> {
                return false;
            }
            case Known.NotSent _ -> {
                if (email.isCanceled()) {
                    outcomes.put(
                            id,
                            new Outcome.Unknown(
                                    "As far as can be told, the earlier attempt stopped before its"
                                            + " draft was sent."));
                }
            }
            case Known.Sent(var ids) -> outcomes.put(id, sent(ids));
            case Known.NotYet _ -> outcomes.put(id, notYet());
            case Known.Failed(var why) -> outcomes.put(id, failed(why));
        }
        return true;
    }

    private Map<UUID, Outcome> lookInSent(List<DueEmail> inDoubt) {
        if (!tools.api().mayLook(calls.token())) {
            return each(inDoubt, email -> unknown(email, FORBIDDEN));
        }
        return switch (found(inDoubt)) {
            case Found.Some(var sent) ->
                    each(inDoubt, email -> sent(email, sent).or(() -> missing(email)));
            case Found.Partly(var sent, var why, var isPassing) ->
                    each(
                            inDoubt,
                            email -> sent(email, sent).or(() -> unseen(email, why, isPassing)));
            case Found.Failed(var why) -> {
                var outcome = failed(why);
                yield each(inDoubt, _ -> Optional.of(outcome));
            }
        };
    }

    private static Map<UUID, Outcome> each(
            List<DueEmail> emails, Function<DueEmail, Optional<Outcome>> known) {
        var outcomes = new HashMap<UUID, Outcome>();
        for (var email : emails) {
            known.apply(email).ifPresent(outcome -> outcomes.put(email.key().id(), outcome));
        }
        return outcomes;
    }

    private Found found(List<DueEmail> inDoubt) {
        var lane = inDoubt.getFirst().lane();
        var mailbox = new MailboxKey(lane.workspaceId(), lane.mailboxId());
        var since =
                inDoubt.stream()
                        .flatMap(email -> email.unknownSince().stream())
                        .min(Instant::compareTo)
                        .orElseThrow();
        return tools.api()
                .find(
                        calls,
                        api.user(),
                        new Search(
                                inDoubt.stream()
                                        .map(email ->
                                                new Sought(email.key().id(), email.messageId()))
                                        .collect(Collectors.toSet()),
                                since.minus(EARLIER),
                                messages -> tools.sent().known(mailbox, messages)));
    }

    /** A look that fails says nothing of the email. */
    private Outcome failed(Call.NotAnswered why) {
        if (why instanceof Call.Broken(SessionResult.Unanswered<?>(_, var reason))) {
            return stillUnknown(couldNotBeAsked(tools.api().title() + " " + reason + "."));
        }
        var ofLook = interpret.of(why, true);
        return switch (ofLook) {
            case Outcome.Throttled _, Outcome.LoginRefused _, Outcome.Unreachable _ -> ofLook;
            case Outcome.Accepted _,
                    Outcome.Deferred _,
                    Outcome.Refused _,
                    Outcome.Unsendable _,
                    Outcome.Broken _,
                    Outcome.NotSent _,
                    Outcome.Unknown _,
                    Outcome.StillUnknown _ ->
                    stillUnknown(couldNotBeAsked(ofLook.detail()));
        };
    }

    private static String couldNotBeAsked(String why) {
        return "What became of an earlier attempt is unknown, and the mailbox couldn't be asked: "
                + why;
    }

    private Outcome stillUnknown(String detail) {
        return new Outcome.StillUnknown(detail, tools.limits().lookEvery());
    }

    private static Optional<Outcome> sent(DueEmail email, Map<UUID, ProviderIds> sent) {
        return Optional.ofNullable(sent.get(email.key().id())).map(FindSent::sent);
    }

    private static Outcome sent(ProviderIds ids) {
        return new Outcome.Accepted(
                new ServerReply(
                        200,
                        Optional.empty(),
                        "An earlier attempt was taken: it is in the mailbox's sent mail"),
                List.of(),
                Optional.of(ids));
    }

    /** Whether it would be there by now. */
    private boolean isSettled(DueEmail email) {
        return email.unknownSince()
                .filter(since -> since.plus(tools.limits().settles()).isBefore(calls.now()))
                .isPresent();
    }

    private Optional<Outcome> missing(DueEmail email) {
        return isSettled(email)
                ? unknown(
                        email,
                        "What became of an earlier attempt is unknown: it isn't in the mailbox's"
                                + " sent mail.")
                : Optional.of(notYet());
    }

    private Outcome notYet() {
        return stillUnknown(
                "What became of an earlier attempt is unknown: it isn't in the mailbox's sent mail"
                        + " yet.");
    }

    /** What wasn't seen may be there: only whoever knows of the doubt may have it sent again. */
    private Optional<Outcome> unseen(DueEmail email, String why, boolean isPassing) {
        if (isPassing || !isSettled(email)) {
            return Optional.of(stillUnknown(couldNotBeAsked(why)));
        }
        return email.isRetried()
                ? Optional.empty()
                : Optional.of(
                        new Outcome.Unknown(
                                "What became of an earlier attempt is unknown, and not all of the"
                                        + " mailbox's sent mail could be looked through: "
                                        + why));
    }

    /** Empty when it is to be sent again now: once. */
    private static Optional<Outcome> unknown(DueEmail email, String detail) {
        return email.mayBeSentAgain() ? Optional.empty() : Optional.of(new Outcome.Unknown(detail));
    }
}
