package dev.postrider.transport.smtp.reply;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.ServerReply;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.send.Cause;
import dev.postrider.smtp.send.RecipientResult;
import dev.postrider.smtp.send.Result;
import dev.postrider.transport.smtp.reply.ReplyRules.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what the SMTP client found as the flow's outcomes. */
public final class InterpretResult {
    private final ReplyRules rules;

    public InterpretResult(ReplyRules rules) {
        this.rules = rules;
    }

    /** No connection: nothing was sent, for no email of the lane. */
    public Outcome of(Opening.Failed failed) {
        return switch (failed) {
            case Opening.Unreachable unreachable -> new Outcome.Unreachable(unreachable.detail());
            case Opening.Deferred deferred -> notNow(deferred);
            case Opening.LoginRefused refused -> loginRefused(refused);
            case Opening.NoMechanism none -> new Outcome.LoginRefused(none.detail());
            case Opening.Refused refused -> new Outcome.Broken(refused.detail());
            case Opening.TlsFailed tls -> new Outcome.Broken(tls.detail());
            case Opening.ProtocolBroken broken -> new Outcome.Broken(broken.detail());
        };
    }

    private Outcome notNow(Opening.Deferred deferred) {
        var reply = reply(deferred.reply());
        return switch (rules.of(reply)) {
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, pause);
            case Meaning.Hold _ when deferred.stage() == Stage.LOGIN ->
                    new Outcome.LoginRefused("The server refused the login: " + reply);
            case Meaning.Hold _,
                    Meaning.Retry _,
                    Meaning.Next _,
                    Meaning.Sender _,
                    Meaning.Final _ ->
                    new Outcome.Deferred(reply, List.of());
        };
    }

    /** Some providers answer a login that comes too often like one that is wrong. */
    private Outcome loginRefused(Opening.LoginRefused refused) {
        var reply = reply(refused.reply());
        return rules.of(reply) instanceof Meaning.Throttle(var pause)
                ? new Outcome.Throttled(reply, pause)
                : new Outcome.LoginRefused(refused.detail());
    }

    /**
     * What became of one email.
     *
     * @param loginMissing whether the server offers logins and none was made
     */
    public Outcome of(DueEmail email, Result result, boolean loginMissing) {
        return switch (result) {
            case Result.Settled settled -> settled(email, settled, loginMissing);
            case Result.NotBegun(var cause, _) -> notBegun(cause);
            case Result.Unknown(var cause) ->
                    new Outcome.Unknown(
                            "The message was handed over and the answer was lost, so it may have been sent: "
                                    + cause.detail());
        };
    }

    private Outcome settled(DueEmail email, Result.Settled settled, boolean loginMissing) {
        var reply = reply(settled.reply());
        if (settled.accepted()) {
            return new Outcome.Accepted(reply, turnedAway(email, settled.recipients(), true));
        }
        if (isAboutLogin(settled, loginMissing)) {
            return new Outcome.LoginRefused(
                    loginMissing
                            ? "The server requires a login, and this mailbox has none: " + reply
                            : "The server refused: " + reply);
        }
        return settled.stage() == Stage.RCPT
                ? allTurnedAway(turnedAway(email, settled.recipients(), false))
                : messageTurnedAway(email, settled, reply);
    }

    /**
     * Only what comes before the recipients can be about the login; but a server that wants one may
     * say so at the first recipient.
     */
    private boolean isAboutLogin(Result.Settled settled, boolean loginMissing) {
        var reply = reply(settled.reply());
        if (loginMissing && settled.stage() != Stage.END_OF_DATA) {
            return wantsLogin(settled.reply());
        }
        return settled.stage() == Stage.MAIL
                && (reply.code() == 530 || rules.of(reply) instanceof Meaning.Hold);
    }

    private static boolean wantsLogin(Reply reply) {
        var enhanced = reply.enhanced();
        return reply.code() == 530
                || (reply.isPermanent()
                        && enhanced != null
                        && enhanced.toString().startsWith("5.7."))
                || (reply.isPermanent()
                        && reply.text().toLowerCase(Locale.ROOT).contains("authenticat"));
    }

    private Outcome messageTurnedAway(DueEmail email, Result.Settled settled, ServerReply reply) {
        var atRcpt =
                turnedAway(
                        email,
                        settled.recipients().stream()
                                .filter(one -> one.stage() == Stage.RCPT)
                                .toList(),
                        false);
        return switch (rules.of(reply)) {
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, pause);
            case Meaning.Retry _, Meaning.Next _ -> new Outcome.Deferred(reply, atRcpt);
            case Meaning.Final _, Meaning.Hold _, Meaning.Sender _ ->
                    reply.code() >= 500
                            ? new Outcome.Refused(reply, atRcpt, false)
                            : new Outcome.Deferred(reply, atRcpt);
        };
    }

    /** Every recipient was turned away, each by its own reply. */
    private Outcome allTurnedAway(List<RecipientTurnedAway> all) {
        for (var one : all) {
            switch (rules.of(one.reply())) {
                case Meaning.Throttle(var pause) -> {
                    return new Outcome.Throttled(one.reply(), pause);
                }
                case Meaning.Sender _ -> {
                    return one.forGood()
                            ? new Outcome.Refused(one.reply(), List.of(), false)
                            : new Outcome.Deferred(one.reply(), List.of());
                }
                case Meaning.Hold _, Meaning.Retry _, Meaning.Next _, Meaning.Final _ -> {}
            }
        }
        var waiting = all.stream().filter(one -> !one.forGood()).findFirst();
        return waiting.isPresent()
                ? new Outcome.Deferred(waiting.get().reply(), all)
                : new Outcome.Refused(all.getFirst().reply(), all, true);
    }

    private Outcome notBegun(Cause cause) {
        return switch (cause) {
            case Cause.Unsupported unsupported -> new Outcome.Unsendable(unsupported.detail());
            case Cause.TooLarge large -> new Outcome.Unsendable(large.detail());
            case Cause.Broken broken -> new Outcome.Broken(broken.detail());
            case Cause.Closing closing -> closing(closing);
            case Cause.Withdrawn withdrawn -> new Outcome.NotSent(withdrawn.detail());
            case Cause.Lost _, Cause.Worn _, Cause.Misannounced _, Cause.ContentFailed _ ->
                    new Outcome.Unreachable(cause.detail());
        };
    }

    private Outcome closing(Cause.Closing closing) {
        var reply = reply(closing.reply());
        return rules.of(reply) instanceof Meaning.Throttle(var pause)
                ? new Outcome.Throttled(reply, pause)
                : new Outcome.Deferred(reply, List.of());
    }

    /** Those of the results that aren't positive, which come in the order of the recipients. */
    public List<RecipientTurnedAway> turnedAway(
            DueEmail email, List<RecipientResult> results, boolean someAccepted) {
        var away = new ArrayList<RecipientTurnedAway>();
        var recipients = email.recipients().iterator();
        for (var result : results) {
            var recipient = recipients.next();
            while (!recipient.address().equals(result.recipient().address())) {
                recipient = recipients.next();
            }
            if (!result.accepted()) {
                away.add(turnedAway(recipient.position(), reply(result.reply()), someAccepted));
            }
        }
        return away;
    }

    private RecipientTurnedAway turnedAway(int position, ServerReply reply, boolean someAccepted) {
        return switch (rules.of(reply)) {
            case Meaning.Next _ -> new RecipientTurnedAway(position, reply, false, someAccepted);
            case Meaning.Retry _, Meaning.Throttle _ ->
                    new RecipientTurnedAway(position, reply, false);
            case Meaning.Final _, Meaning.Hold _, Meaning.Sender _ ->
                    new RecipientTurnedAway(position, reply, reply.code() >= 500);
        };
    }

    private static ServerReply reply(Reply reply) {
        return new ServerReply(
                reply.code(),
                Optional.ofNullable(reply.enhanced()).map(Object::toString),
                reply.text());
    }
}
