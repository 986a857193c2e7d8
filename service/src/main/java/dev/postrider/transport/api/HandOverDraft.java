package dev.postrider.transport.api;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.email.ServerReply;
import dev.postrider.machine.StopPoint;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.transport.Drafts;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.DraftApi.Made;
import dev.postrider.transport.api.DraftApi.Strays;
import dev.postrider.transport.api.message.ApiMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Hands one email over as a draft. It is kept that the draft is to be sent before it is: what a
 * crash leaves without that mark wasn't sent, and an attempt that another one has overtaken isn't.
 */
final class HandOverDraft {
    private final ApiDependencies tools;
    private final MailboxKey mailbox;
    private final FindApi.Api api;
    private final DraftApi drafts;
    private final ApiCalls calls;
    private final InterpretCall interpret;

    /** Whether all drafts are gone that are known or may be there. */
    private boolean isClean = true;

    HandOverDraft(
            ApiDependencies tools,
            MailboxKey mailbox,
            FindApi.Api api,
            DraftApi drafts,
            ApiCalls calls,
            InterpretCall interpret) {
        this.tools = tools;
        this.mailbox = mailbox;
        this.api = api;
        this.drafts = drafts;
        this.calls = calls;
        this.interpret = interpret;
    }

    Outcome send(DueEmail email, ApiMessage message, BooleanSupplier holds) {
        ParsedMessage parsed;
        try (var content = message.content()) {
            parsed = ParsedMessage.of(content, MessageLimits.TAKEN);
        } catch (IOException e) {
            return new Outcome.Unreachable("The message couldn't be read: " + e.getMessage());
        }
        var loss = drafts.loss(message.head(), parsed);
        if (loss.isPresent()) {
            return new Outcome.Unsendable(loss.get().field() + " " + loss.get().reason());
        }
        var begun = tools.drafts().begin(email.key(), mailbox, email.messageId());
        if (begun.isEmpty()) {
            return new Outcome.Unreachable("The database couldn't be asked before it was sent.");
        }
        // what was left may come late, behind this look for it
        isClean = !begun.get().wasLeft();
        return removeStrays(email, begun.get())
                .orElseGet(() -> send(email, begun.get().attempt(), work(message, parsed, holds)));
    }

    private DraftApi.Work work(ApiMessage message, ParsedMessage parsed, BooleanSupplier holds) {
        return new DraftApi.Work(
                calls,
                api.user(),
                message,
                parsed,
                api.uploads(),
                origin ->
                        tools.client()
                                .session(
                                        mailbox.workspaceId(), origin, OutboundCall.Reach.TLS_ONLY),
                holds);
    }

    /** What an attempt made before it crashed, or before its answer was lost. */
    private Optional<Outcome> removeStrays(DueEmail email, Drafts.Begun begun) {
        if (email.attempts() == 0 && !begun.wasLeft()) {
            return Optional.empty();
        }
        return switch (drafts.strays(calls, api.user(), email.messageId())) {
            case Strays.Failed(var why) -> {
                // they may be there: the next attempt finds them, or the sweep
                yield Optional.of(interpret.beforeSending(why));
            }
            case Strays.Some(var strays) -> {
                isClean &= strays.stream().allMatch(this::isRemoved);
                yield Optional.empty();
            }
        };
    }

    private boolean isRemoved(String draft) {
        return DraftApi.isRemoved(calls.call(drafts.delete(api.user(), draft)));
    }

    /** What may have left a draft stays known, for the sweep. */
    private void end(DueEmail email, UUID attempt) {
        if (isClean) {
            tools.drafts().end(email.key(), attempt);
        }
    }

    private Outcome send(DueEmail email, UUID attempt, DraftApi.Work work) {
        return switch (drafts.make(work)) {
            case Made.Whole(var draft) -> submit(email, attempt, draft, work.holds());
            case Made.Failed(var draft, var why) -> {
                // who didn't answer may have made it
                isClean &= draft.isPresent() || !(why instanceof Call.Broken);
                yield stopped(email, attempt, draft, interpret.beforeSending(why));
            }
            case Made.GivenUp(var draft, var outcome) -> {
                isClean &= draft.isPresent();
                yield stopped(email, attempt, draft, outcome);
            }
        };
    }

    /** Nothing was sent; what is left of it is removed. */
    private Outcome stopped(DueEmail email, UUID attempt, Optional<String> draft, Outcome outcome) {
        isClean &= draft.map(this::isRemoved).orElse(true);
        end(email, attempt);
        return outcome;
    }

    private Outcome submit(DueEmail email, UUID attempt, ProviderIds draft, BooleanSupplier holds) {
        if (!holds.getAsBoolean()
                || !tools.drafts().submit(email.key(), attempt, draft.message())) {
            // whose mark another has taken, that one knows of the rest
            var _ = isRemoved(draft.message());
            return new Outcome.NotSent("The lease ended before its turn.");
        }
        StopPoint.DRAFT_SUBMITTED.pass();
        return switch (calls.call(drafts.send(api.user(), draft.message(), holds))) {
            case Call.Success(var reply) when tools.api().taken(reply).isPresent() -> {
                end(email, attempt);
                interpret.taken();
                yield new Outcome.Accepted(
                        new ServerReply(
                                reply.status(),
                                Optional.empty(),
                                tools.api().taken(reply).get().words()),
                        List.of(),
                        Optional.of(draft));
            }
            case Call.Success(var reply) -> interpret.strange(reply, true);
            case Call.NotAnswered failed ->
                    refused(email, attempt, draft, interpret.of(failed, true));
        };
    }

    /** The draft stays where it may have been sent: by it that is found out. */
    private Outcome refused(DueEmail email, UUID attempt, ProviderIds draft, Outcome outcome) {
        return outcome instanceof Outcome.Unknown
                ? outcome
                : stopped(email, attempt, Optional.of(draft.message()), outcome);
    }
}
