package dev.postrider.flow.settle;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailState;
import dev.postrider.email.NextStep;
import dev.postrider.email.NextStep.Decided;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Outcome;
import dev.postrider.email.RecipientState;
import dev.postrider.email.ServerReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Decides what follows from an attempt. Knows the rules, touches nothing. */
final class DecideNext {
    private static final String WAITING =
            "Canceled, but it may have been sent: that is still to be found out. ";

    private final RetrySchedule schedule;
    private final InstantSource clock;
    private final RandomGenerator random;

    DecideNext(RetrySchedule schedule, InstantSource clock, RandomGenerator random) {
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
    }

    NextStep after(Attempt attempt) {
        var next = next(attempt);
        return attempt.email().isCanceled() ? canceled(next) : next;
    }

    private NextStep next(Attempt attempt) {
        var email = attempt.email();
        return switch (attempt.outcome()) {
            case Outcome.Accepted(var reply, var others, _) -> accepted(email, reply, others);
            case Outcome.Deferred deferred ->
                    again(email, deferred.detail(), refused(deferred.others()));
            case Outcome.Refused refused -> refused(email, refused);
            case Outcome.Unsendable(var detail) ->
                    notTaken(email, detail, allAs(email, RecipientState.REFUSED));
            case Outcome.Throttled throttled ->
                    at(
                            email,
                            clock.instant().plus(throttled.pause()),
                            throttled.detail(),
                            List.of());
            case Outcome.LoginRefused(_, var detail) ->
                    email.awaited()
                            ? new NextStep.Discarded(detail)
                            : new NextStep.Again(clock.instant(), false, detail, List.of(), false);
            case Outcome.Unreachable(var detail) -> again(email, detail, List.of());
            case Outcome.Broken(var detail) ->
                    email.awaited()
                            ? new NextStep.Ended(EmailState.FAILED, detail, List.of())
                            : again(email, detail, List.of());
            case Outcome.NotSent(var detail) -> new NextStep.PutBack(clock.instant(), detail);
            case Outcome.Unknown(var detail, var mayBeFound) ->
                    mayBeFound ? toBeFound(attempt, detail) : unknown(email, detail);
            case Outcome.StillUnknown(var detail, var pause) -> stillUnknown(email, detail, pause);
        };
    }

    private NextStep accepted(
            DueEmail email, ServerReply reply, List<Outcome.RecipientTurnedAway> others) {
        var decided = new ArrayList<>(refused(others));
        email.recipients().stream()
                .filter(recipient -> others.stream().noneMatch(is(recipient.position())))
                .map(recipient ->
                        new Decided(
                                recipient.position(), RecipientState.ACCEPTED, Optional.of(reply)))
                .forEach(decided::add);
        var open = others.stream().filter(other -> !other.forGood()).toList();
        if (!open.isEmpty()
                && open.stream().allMatch(Outcome.RecipientTurnedAway::inNextTransaction)) {
            return new NextStep.Again(
                    clock.instant(),
                    false,
                    "The server takes only so many recipients at a time; the others follow: "
                            + open.getFirst().reply(),
                    decided,
                    true);
        }
        var deferred = open.stream().findFirst();
        return deferred.isPresent()
                ? again(
                        email,
                        "Accepted for some recipients; the others will be retried: "
                                + deferred.get().reply(),
                        decided)
                : new NextStep.Ended(EmailState.SENT, reply.toString(), decided);
    }

    private NextStep refused(DueEmail email, Outcome.Refused refused) {
        var decided =
                email.recipients().stream()
                        .map(recipient ->
                                new Decided(
                                        recipient.position(),
                                        RecipientState.REFUSED,
                                        Optional.of(replyTo(recipient.position(), refused))))
                        .toList();
        return notTaken(email, refused.detail(), decided);
    }

    /**
     * An email that reached somebody is sent: the refused ones have states of their own. What was
     * unknown stays so: some servers refuse a copy because they have taken the first.
     */
    private static NextStep notTaken(DueEmail email, String detail, List<Decided> decided) {
        if (email.isInDoubt()) {
            return new NextStep.Ended(
                    EmailState.UNKNOWN,
                    "Refused, but an earlier attempt may have reached the server. " + detail,
                    decided.stream()
                            .map(each ->
                                    new Decided(
                                            each.position(), RecipientState.UNKNOWN, each.reply()))
                            .toList());
        }
        return new NextStep.Ended(
                email.partlyAccepted() ? EmailState.SENT : EmailState.REFUSED, detail, decided);
    }

    private static ServerReply replyTo(int position, Outcome.Refused refused) {
        return refused.others().stream()
                .filter(is(position).and(Outcome.RecipientTurnedAway::forGood))
                .map(Outcome.RecipientTurnedAway::reply)
                .findFirst()
                .orElse(refused.reply());
    }

    /** An attempt in doubt was the resend. */
    private NextStep unknown(DueEmail email, String detail) {
        var dueAt = retryAt(email);
        return email.onUnknown() == OnUnknown.RESEND
                        && !email.isInDoubt()
                        && !dueAt.isAfter(email.giveUpAt())
                ? new NextStep.Again(
                        dueAt,
                        true,
                        detail + " It is sent once more, with the same Message-ID.",
                        List.of(),
                        false)
                : new NextStep.Ended(
                        EmailState.UNKNOWN, detail, allAs(email, RecipientState.UNKNOWN));
    }

    /**
     * Nothing is sent before the mailbox was asked. Had it been asked before this attempt, then
     * this one was the resend.
     */
    private NextStep toBeFound(Attempt attempt, String detail) {
        var email = attempt.email();
        var dueAt = retryAt(email);
        return dueAt.isAfter(email.giveUpAt())
                ? unknown(email, detail)
                : new NextStep.Again(
                        dueAt,
                        email.unknownSince().isPresent(),
                        detail + " The mailbox is asked whether it was sent.",
                        List.of(),
                        false,
                        Optional.of(attempt.begunAt()));
    }

    private NextStep stillUnknown(DueEmail email, String detail, Duration pause) {
        var dueAt = clock.instant().plus(pause);
        return dueAt.isAfter(email.giveUpAt())
                ? new NextStep.Ended(
                        EmailState.UNKNOWN, detail, allAs(email, RecipientState.UNKNOWN))
                : new NextStep.PutBack(dueAt, detail);
    }

    private static List<Decided> allAs(DueEmail email, RecipientState state) {
        return email.recipients().stream()
                .map(recipient -> new Decided(recipient.position(), state, Optional.empty()))
                .toList();
    }

    private NextStep again(DueEmail email, String reason, List<Decided> decided) {
        return at(email, retryAt(email), reason, decided);
    }

    private Instant retryAt(DueEmail email) {
        return clock.instant().plus(schedule.after(email.attempts() + 1, random));
    }

    private static NextStep at(
            DueEmail email, Instant dueAt, String reason, List<Decided> decided) {
        return dueAt.isAfter(email.giveUpAt())
                ? givenUp(email, reason, decided)
                : new NextStep.Again(dueAt, false, reason, decided, false);
    }

    /** What was unknown once stays so: a copy may have arrived. */
    private static NextStep givenUp(DueEmail email, String reason, List<Decided> decided) {
        if (!email.isInDoubt()) {
            return new NextStep.Ended(EmailState.FAILED, "Given up. " + reason, decided);
        }
        var all = new ArrayList<>(decided);
        allAs(email, RecipientState.UNKNOWN).stream()
                .filter(open ->
                        decided.stream().noneMatch(one -> one.position() == open.position()))
                .forEach(all::add);
        return new NextStep.Ended(
                EmailState.UNKNOWN,
                "Given up, but an earlier attempt may have reached the server. " + reason,
                all);
    }

    /** Nothing is sent any more, so what follows can only be about what was sent before. */
    private static NextStep canceled(NextStep next) {
        return switch (next) {
            case NextStep.Ended(var state, var reason, var decided) ->
                    new NextStep.Ended(
                            state,
                            (state == EmailState.SENT
                                            ? "Canceled, but it had been sent. "
                                            : "Canceled, but it may have been sent. ")
                                    + reason,
                            decided);
            case NextStep.Again again ->
                    new NextStep.Again(
                            again.dueAt(),
                            again.resend(),
                            WAITING + again.reason(),
                            again.decided(),
                            again.goesOn(),
                            again.unknownSince());
            case NextStep.PutBack(var dueAt, var reason) ->
                    new NextStep.PutBack(dueAt, WAITING + reason);
            case NextStep.Discarded discarded -> discarded;
        };
    }

    private static List<Decided> refused(List<Outcome.RecipientTurnedAway> others) {
        return others.stream()
                .filter(Outcome.RecipientTurnedAway::forGood)
                .map(other ->
                        new Decided(
                                other.position(),
                                RecipientState.REFUSED,
                                Optional.of(other.reply())))
                .toList();
    }

    private static Predicate<Outcome.RecipientTurnedAway> is(int position) {
        return other -> other.position() == position;
    }
}
