package dev.postrider.transport.api;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.ServerReply;
import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.Objection;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.message.MessageHead;
import dev.postrider.transport.api.reply.ApiReply;
import dev.postrider.transport.api.reply.ApiRules.Meaning;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Hands one email over to an API: that is one attempt. */
final class HandOver {
    private final ApiDependencies tools;
    private final MailboxKey mailbox;
    private final FindApi.Api api;
    private final ApiCalls calls;
    private final InterpretCall interpret;

    HandOver(
            ApiDependencies tools,
            MailboxKey mailbox,
            FindApi.Api api,
            ApiCalls calls,
            InterpretCall interpret) {
        this.tools = tools;
        this.mailbox = mailbox;
        this.api = api;
        this.calls = calls;
        this.interpret = interpret;
    }

    /**
     * Makes the attempt.
     *
     * @param holds asked before the message's last octets leave
     */
    Outcome send(DueEmail email, BooleanSupplier holds) {
        ApiMessage message;
        try {
            message = ApiMessage.of(email, tools.contents());
        } catch (RequestBody.Unreadable e) {
            return new Outcome.Unreachable("The message couldn't be read: " + e.getMessage());
        }
        return unsendable(email, message)
                .orElseGet(() ->
                        message.size() > tools.limits().octets()
                                ? sendDraft(email, message, holds)
                                : send(message, holds));
    }

    private Optional<Outcome> unsendable(DueEmail email, ApiMessage message) {
        var surplus = message.namedInVain();
        if (!surplus.isEmpty()) {
            return Optional.of(
                    new Outcome.Unsendable(
                            tools.api().title()
                                    + " writes to everybody whom the header names, and this isn't"
                                    + " for "
                                    + String.join(", ", surplus)
                                    + "."));
        }
        return CheckMessage.tooLarge(tools, api, message.size())
                .map(Objection::reason)
                .or(() ->
                        CheckMessage.tooMany(tools, email.recipients().size())
                                .map(Objection::reason))
                .<Outcome>map(Outcome.Unsendable::new)
                .or(() -> foreign(email, message));
    }

    /** The provider would put the mailbox's own address into From, without a word. */
    private Optional<Outcome> foreign(DueEmail email, ApiMessage message) {
        var from = message.head().from();
        if (from.isEmpty() || MessageHead.key(from.get()).equals(MessageHead.key(email.sender()))) {
            return Optional.empty();
        }
        var missing = calls.authorize();
        if (missing.isPresent()) {
            return Optional.of(interpret.withoutToken(missing.get()));
        }
        var aliases = tools.api().aliases(calls, calls.token());
        return aliases.isPresent() && aliases.get().contains(MessageHead.key(from.get()))
                ? Optional.empty()
                : Optional.of(
                        new Outcome.Unsendable(
                                CheckMessage.foreign(tools, from.get(), email.sender())));
    }

    /** {@link CheckMessage} says that there are some, and that the grant is enough for them. */
    private Outcome sendDraft(DueEmail email, ApiMessage message, BooleanSupplier holds) {
        return tools.api()
                .drafts()
                .map(drafts ->
                        new HandOverDraft(tools, mailbox, api, drafts, calls, interpret)
                                .send(email, message, holds))
                .orElseThrow();
    }

    private Outcome send(ApiMessage message, BooleanSupplier holds) {
        var conversation =
                message.head().inReplyTo().flatMap(id -> tools.conversations().of(mailbox, id));
        var call = call(message, conversation, holds);
        if (conversation.isPresent()
                && call instanceof Call.Refused(_, _, var decision)
                && decision.meaning() instanceof Meaning.Unthreaded) {
            // nothing was sent: the conversation is another mailbox's, or was deleted
            call = call(message, Optional.empty(), holds);
        }
        return switch (call) {
            case Call.Success(var reply) -> taken(reply);
            case Call.NotAnswered failed -> interpret.of(failed, mayBeFound());
        };
    }

    private Call call(ApiMessage message, Optional<String> conversation, BooleanSupplier holds) {
        return calls.call(tools.api().handOver(message, api.user(), conversation, holds));
    }

    private boolean mayBeFound() {
        return tools.api().mayLook(calls.token());
    }

    private Outcome taken(ApiReply reply) {
        var taken = tools.api().taken(reply);
        if (taken.isEmpty()) {
            return interpret.strange(reply, mayBeFound());
        }
        interpret.taken();
        return new Outcome.Accepted(
                new ServerReply(reply.status(), Optional.empty(), taken.get().words()),
                List.of(),
                taken.get().ids());
    }
}
