package dev.postrider.transport.smtp;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.ServerReply;
import dev.postrider.smtp.Cause;
import dev.postrider.smtp.Opening;
import dev.postrider.smtp.RecipientResult;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Result;
import dev.postrider.smtp.Stage;
import dev.postrider.transport.smtp.ReplyRules.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the SMTP client found as the flow's outcomes. */
public final class ReadResult {
    private final ReplyRules rules;

    public ReadResult(ReplyRules rules) {
        this.rules = rules;
    }

    /** No connection: nothing was sent, for no email of the lane. */
    Outcome of(Opening.Failed failed) {
        return switch (failed) {
            case Opening.Unreachable unreachable -> new Outcome.Unreachable(unreachable.detail());
            case Opening.Deferred deferred -> deferred(reply(deferred.reply()), List.of());
            case Opening.LoginRefused refused -> loginRefused(refused);
            case Opening.NoMechanism none -> new Outcome.LoginRefused(none.detail());
            case Opening.Refused refused -> new Outcome.Broken(refused.detail());
            case Opening.TlsFailed tls -> new Outcome.Broken(tls.detail());
            case Opening.ProtocolBroken broken -> new Outcome.Broken(broken.detail());
        };
    }

    /** Some providers answer a login that comes too often like one that is wrong. */
    private Outcome loginRefused(Opening.LoginRefused refused) {
        var reply = reply(refused.reply());
        return switch (rules.of(reply)) {
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, pause);
            case Meaning.Hold _, Meaning.Retry _, Meaning.Final _ ->
                    new Outcome.LoginRefused(refused.detail());
        };
    }

    Outcome of(DueEmail email, Result result) {
        return switch (result) {
            case Result.Settled settled -> settled(email, settled);
            case Result.NotBegun(var cause, _) -> notBegun(cause);
            case Result.Unknown(var cause) ->
                    new Outcome.Unknown("The server may have taken it or not: " + cause.detail());
        };
    }

    private Outcome settled(DueEmail email, Result.Settled settled) {
        var reply = reply(settled.reply());
        if (settled.accepted()) {
            return new Outcome.Accepted(reply, turnedAway(email, settled.recipients()));
        }
        if (settled.stage() == Stage.RCPT) {
            return recipientsTurnedAway(turnedAway(email, settled.recipients()));
        }
        return switch (rules.of(reply)) {
            case Meaning.Final _ ->
                    new Outcome.Refused(
                            reply, turnedAwayAtRcpt(email, settled.recipients()), false);
            case Meaning.Retry _ -> deferred(reply, turnedAwayAtRcpt(email, settled.recipients()));
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, pause);
            case Meaning.Hold _ -> new Outcome.LoginRefused("The server refused: " + reply);
        };
    }

    /** Every recipient was turned away, each by its own reply. */
    private Outcome recipientsTurnedAway(List<RecipientTurnedAway> all) {
        for (var one : all) {
            switch (rules.of(one.reply())) {
                case Meaning.Throttle(var pause) -> {
                    return new Outcome.Throttled(one.reply(), pause);
                }
                case Meaning.Hold _ -> {
                    return new Outcome.LoginRefused("The server refused: " + one.reply());
                }
                case Meaning.Retry _, Meaning.Final _ -> {}
            }
        }
        var waiting = all.stream().filter(one -> !one.forGood()).findFirst();
        return waiting.isPresent()
                ? new Outcome.Deferred(waiting.get().reply(), all)
                : new Outcome.Refused(all.getFirst().reply(), all, true);
    }

    private Outcome deferred(ServerReply reply, List<RecipientTurnedAway> others) {
        return switch (rules.of(reply)) {
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, pause);
            case Meaning.Hold _ -> new Outcome.LoginRefused("The server refused: " + reply);
            case Meaning.Retry _, Meaning.Final _ -> new Outcome.Deferred(reply, others);
        };
    }

    private Outcome notBegun(Cause cause) {
        return switch (cause) {
            case Cause.Unsupported unsupported -> new Outcome.Unsendable(unsupported.detail());
            case Cause.TooLarge large -> new Outcome.Unsendable(large.detail());
            case Cause.Broken broken -> new Outcome.Broken(broken.detail());
            case Cause.Closing closing -> closing(closing);
            case Cause.Lost _,
                    Cause.Worn _,
                    Cause.Misannounced _,
                    Cause.Withdrawn _,
                    Cause.ContentFailed _ ->
                    new Outcome.Unreachable(cause.detail());
        };
    }

    /** A 421 is about the connection: mostly another one goes, but it may name a limit. */
    private Outcome closing(Cause.Closing closing) {
        var reply = reply(closing.reply());
        return rules.of(reply) instanceof Meaning.Throttle(var pause)
                ? new Outcome.Throttled(reply, pause)
                : new Outcome.Unreachable(closing.detail());
    }

    private List<RecipientTurnedAway> turnedAway(DueEmail email, List<RecipientResult> results) {
        var away = new ArrayList<RecipientTurnedAway>();
        for (var i = 0; i < results.size(); i++) {
            if (!results.get(i).accepted()) {
                var reply = reply(results.get(i).reply());
                away.add(
                        new RecipientTurnedAway(
                                email.recipients().get(i).position(),
                                reply,
                                rules.of(reply) instanceof Meaning.Final));
            }
        }
        return away;
    }

    private List<RecipientTurnedAway> turnedAwayAtRcpt(
            DueEmail email, List<RecipientResult> results) {
        var atRcpt = new ArrayList<RecipientTurnedAway>();
        for (var i = 0; i < results.size(); i++) {
            if (results.get(i).stage() == Stage.RCPT) {
                var reply = reply(results.get(i).reply());
                atRcpt.add(
                        new RecipientTurnedAway(
                                email.recipients().get(i).position(),
                                reply,
                                rules.of(reply) instanceof Meaning.Final));
            }
        }
        return atRcpt;
    }

    private static ServerReply reply(Reply reply) {
        return new ServerReply(
                reply.code(),
                Optional.ofNullable(reply.enhanced()).map(Object::toString),
                reply.text());
    }
}
