package dev.postrider.transport.api;

import dev.postrider.credential.grant.TokenResult;
import dev.postrider.email.Outcome;
import dev.postrider.email.ServerReply;
import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.SessionResult;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.reply.ApiReply;
import dev.postrider.transport.api.reply.ApiRules.Meaning;
import dev.postrider.transport.api.reply.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads what became of a mailbox's calls as the flow's outcomes. */
final class InterpretCall {
    private final ApiDependencies tools;
    private final MailboxKey mailbox;

    /** Whether this lease has seen the back-off end: to say so costs a call of the database. */
    private final AtomicBoolean isOver = new AtomicBoolean();

    InterpretCall(ApiDependencies tools, MailboxKey mailbox) {
        this.tools = tools;
        this.mailbox = mailbox;
    }

    /**
     * Of a call that was to hand a message over.
     *
     * @param mayBeFound whether the mailbox may be asked later what became of it
     */
    Outcome of(Call.NotAnswered call, boolean mayBeFound) {
        return switch (call) {
            case Call.NoToken(var why) -> withoutToken(why);
            case Call.Broken(var why) -> broken(why, mayBeFound);
            case Call.Refused refused -> refused(refused, mayBeFound);
        };
    }

    /** Of a call by which nothing can have been sent, whatever became of it. */
    Outcome beforeSending(Call.NotAnswered call) {
        return switch (call) {
            case Call.Broken(SessionResult.Unanswered<ApiReply.Text>(_, var reason)) ->
                    new Outcome.Unreachable(
                            tools.api().title()
                                    + "'s API "
                                    + reason
                                    + " while the message was prepared: nothing was sent.");
            case Call.Refused(var reply, var error, var decision)
                    when decision.meaning() instanceof Meaning.Unknown ->
                    new Outcome.Deferred(
                            new ServerReply(reply.status(), Optional.empty(), error.text()),
                            List.of());
            case Call.NoToken _, Call.Broken _, Call.Refused _ -> of(call, false);
        };
    }

    /** A page of something in between may answer 200 and have sent nothing. */
    Outcome strange(ApiReply reply, boolean mayBeFound) {
        return new Outcome.Unknown(
                "The message was handed over, and it may have been sent: what "
                        + tools.api().title()
                        + " is said to have answered ("
                        + reply.status()
                        + ", "
                        + reply.header("content-type").orElse("of no type")
                        + ") isn't one of its API.",
                mayBeFound);
    }

    /** Nothing was sent, for no email of the mailbox. */
    Outcome withoutToken(TokenResult why) {
        return switch (why) {
            case TokenResult.Ended(var code, var problem) ->
                    new Outcome.LoginRefused(code, problem);
            case TokenResult.AppAtFault(_, var problem) ->
                    new Outcome.Unreachable(
                            "The operator's app at "
                                    + tools.api().title()
                                    + " is at fault, and with it all its mailboxes: "
                                    + problem);
            case TokenResult.NotNow(var problem, _) -> new Outcome.Unreachable(problem);
            case TokenResult.Granted _ -> throw new IllegalStateException("there is a token");
        };
    }

    /** No connection. */
    Outcome unopened(SessionResult.NotSent<Void> failed) {
        return notSent(failed.why(), failed.reason());
    }

    private Outcome broken(SessionResult<ApiReply.Text> why, boolean mayBeFound) {
        return switch (why) {
            case SessionResult.NotSent<ApiReply.Text>(var cause, var reason) ->
                    notSent(cause, reason);
            case SessionResult.Unanswered<ApiReply.Text>(_, var reason) ->
                    new Outcome.Unknown(
                            "The message was handed over and the answer was lost, so it may have been"
                                    + " sent: "
                                    + tools.api().title()
                                    + " "
                                    + reason
                                    + ".",
                            mayBeFound);
            case SessionResult.Withdrawn<ApiReply.Text> _ ->
                    new Outcome.NotSent("The lease ended before its turn.");
            case SessionResult.Unreadable<ApiReply.Text>(var reason) ->
                    new Outcome.Unreachable("The message couldn't be read: " + reason + ".");
            case SessionResult.Answer<ApiReply.Text> _ ->
                    throw new IllegalStateException("there is an answer");
        };
    }

    private Outcome notSent(Why why, String reason) {
        var detail = tools.api().title() + "'s API " + reason + ".";
        return switch (why) {
            case TLS, PROTOCOL -> new Outcome.Broken(detail);
            case REFUSED, UNRESOLVED, CONNECTION, TIMEOUT, TOO_LARGE, REDIRECT ->
                    new Outcome.Unreachable(detail);
        };
    }

    private Outcome refused(Call.Refused refused, boolean mayBeFound) {
        var error = refused.error();
        var reply = new ServerReply(refused.reply().status(), Optional.empty(), error.text());
        var sentence = refused.decision().sentence();
        return switch (refused.decision().meaning()) {
            case Meaning.Refused _ ->
                    new Outcome.Refused(saying(reply, sentence), List.of(), false);
            case Meaning.Recipient _ -> new Outcome.Refused(reply, List.of(), true);
            case Meaning.Throttle(var pause) -> new Outcome.Throttled(reply, rest(refused, pause));
            case Meaning.Hold _ -> new Outcome.LoginRefused(told(sentence, reply));
            case Meaning.Renew _ ->
                    new Outcome.LoginRefused(
                            told(
                                    "Access was refused, with a new token too: connect the"
                                            + " mailbox again.",
                                    reply));
            case Meaning.App _ -> {
                tools.tokens()
                        .appFailed(
                                mailbox.workspaceId(), mailbox.mailboxId(), told(sentence, reply));
                yield new Outcome.Unreachable(
                        "The operator's app is at fault, and with it all its mailboxes. "
                                + told(sentence, reply));
            }
            case Meaning.Retry _, Meaning.Unthreaded _ -> new Outcome.Deferred(reply, List.of());
            case Meaning.Unknown _ ->
                    new Outcome.Unknown(
                            "The message was handed over, and the answer doesn't say whether it was"
                                    + " sent: "
                                    + tools.api().title()
                                    + " answered "
                                    + reply
                                    + requestId(refused.reply()),
                            mayBeFound);
        };
    }

    /** A message was taken. */
    void taken() {
        if (!isOver.getAndSet(true)) {
            tools.backoff().taken(mailbox);
        }
    }

    private Duration rest(Call.Refused refused, Duration pause) {
        isOver.set(false);
        var asked =
                RetryAfter.of(refused.reply(), refused.error(), tools.clock().instant())
                        .orElse(Duration.ZERO);
        return tools.backoff().rest(mailbox, pause, asked);
    }

    /** What Microsoft's support asks for. */
    private static String requestId(ApiReply reply) {
        return reply.header("request-id").map(id -> " (request-id " + id + ")").orElse("") + ".";
    }

    private static ServerReply saying(ServerReply reply, String sentence) {
        return sentence.isEmpty()
                ? reply
                : new ServerReply(reply.code(), reply.enhanced(), sentence + " " + reply.text());
    }

    private String told(String sentence, ServerReply reply) {
        return (sentence + " " + tools.api().title() + " says: " + reply).strip();
    }
}
