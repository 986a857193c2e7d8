package dev.postrider.transport.api;

import dev.postrider.email.DueEmail;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.email.ServerReply;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds out what became of earlier attempts whose outcome is unknown, before anything is sent
 * again: one look for all emails of a turn.
 */
final class FindSent {
    /** Clocks differ. */
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private final ApiDependencies tools;
    private final String user;
    private final ApiCalls calls;
    private final InterpretCall interpret;

    FindSent(ApiDependencies tools, String user, ApiCalls calls, InterpretCall interpret) {
        this.tools = tools;
        this.user = user;
        this.calls = calls;
        this.interpret = interpret;
    }

    /** What is known of each email that there was doubt about; the others may be sent. */
    Map<UUID, Outcome> of(List<DueEmail> emails) {
        var inDoubt = emails.stream().filter(email -> email.unknownSince().isPresent()).toList();
        return inDoubt.isEmpty() ? Map.of() : look(inDoubt);
    }

    private Map<UUID, Outcome> look(List<DueEmail> inDoubt) {
        var outcomes = new HashMap<UUID, Outcome>();
        var missing = calls.authorize();
        if (missing.isPresent()) {
            var why = interpret.withoutToken(missing.get());
            inDoubt.forEach(email -> outcomes.put(email.key().id(), why));
        } else if (!tools.api().mayLook(calls.token())) {
            inDoubt.forEach(email ->
                    unknown(
                                    email,
                                    "What became of an earlier attempt is unknown, and the grant"
                                            + " doesn't allow to look into the mailbox.")
                            .ifPresent(outcome -> outcomes.put(email.key().id(), outcome)));
        } else {
            switch (found(inDoubt)) {
                case Found.Some(var sent) ->
                        inDoubt.forEach(email ->
                                outcome(email, Optional.ofNullable(sent.get(email.key().id())))
                                        .ifPresent(outcome ->
                                                outcomes.put(email.key().id(), outcome)));
                case Found.Failed(var why) -> {
                    var outcome = failed(interpret.of(why, true));
                    inDoubt.forEach(email -> outcomes.put(email.key().id(), outcome));
                }
            }
        }
        return outcomes;
    }

    private Found found(List<DueEmail> inDoubt) {
        var since =
                inDoubt.stream()
                        .flatMap(email -> email.unknownSince().stream())
                        .min(Instant::compareTo)
                        .orElseThrow();
        return tools.api()
                .find(
                        calls,
                        user,
                        inDoubt.stream()
                                .map(email -> new Sought(email.key().id(), email.messageId()))
                                .collect(Collectors.toSet()),
                        since.minus(EARLIER));
    }

    /** A look that fails says nothing of the email. */
    private Outcome failed(Outcome ofLook) {
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
                    new Outcome.StillUnknown(
                            "What became of an earlier attempt is unknown, and the mailbox"
                                    + " couldn't be asked: "
                                    + ofLook.detail(),
                            tools.limits().lookEvery());
        };
    }

    private Optional<Outcome> outcome(DueEmail email, Optional<ProviderIds> sent) {
        if (sent.isPresent()) {
            return Optional.of(
                    new Outcome.Accepted(
                            new ServerReply(
                                    200,
                                    Optional.empty(),
                                    "An earlier attempt was taken: it is in the mailbox's sent"
                                            + " mail"),
                            List.of(),
                            sent));
        }
        var isSettled =
                email.unknownSince()
                        .filter(since -> since.plus(tools.limits().settles()).isBefore(calls.now()))
                        .isPresent();
        return isSettled
                ? unknown(
                        email,
                        "What became of an earlier attempt is unknown: it isn't in the mailbox's"
                                + " sent mail.")
                : Optional.of(
                        new Outcome.StillUnknown(
                                "What became of an earlier attempt is unknown: it isn't in the"
                                        + " mailbox's sent mail yet.",
                                tools.limits().lookEvery()));
    }

    /** Empty when it is to be sent again now: once. */
    private static Optional<Outcome> unknown(DueEmail email, String detail) {
        return email.onUnknown() == OnUnknown.RESEND && email.resends() == 0
                ? Optional.empty()
                : Optional.of(new Outcome.Unknown(detail));
    }
}
