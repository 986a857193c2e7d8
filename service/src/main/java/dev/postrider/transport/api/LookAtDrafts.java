package dev.postrider.transport.api;

import dev.postrider.email.DueEmail;
import dev.postrider.email.ProviderIds;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.DraftApi.Look;
import java.time.Duration;
import java.util.UUID;

/**
 * Finds out what became of emails that were handed over as drafts: by what was kept of the attempt,
 * and by the draft itself. That says for certain whether it was sent.
 */
final class LookAtDrafts {
    private final ApiDependencies tools;
    private final FindApi.Api api;
    private final ApiCalls calls;

    LookAtDrafts(ApiDependencies tools, FindApi.Api api, ApiCalls calls) {
        this.tools = tools;
        this.api = api;
        this.calls = calls;
    }

    /** What is certain of an email. */
    sealed interface Known {
        record Sent(ProviderIds ids) implements Known {}

        /** It may be sent, however often it was tried. */
        record NotSent() implements Known {}

        /** It can't be told yet. */
        record NotYet() implements Known {}

        /** Drafts say nothing of it. */
        record Nothing() implements Known {}

        record Failed(ApiCalls.Call.NotAnswered why) implements Known {}
    }

    Known of(DueEmail email, Duration settles) {
        var drafts = tools.api().drafts();
        if (drafts.isEmpty() || !drafts.get().mayDraft(api.scopes())) {
            return new Known.Nothing();
        }
        return tools.drafts()
                .of(email.key())
                .map(progress ->
                        progress.submitted()
                                .map(draft ->
                                        look(
                                                email,
                                                progress.attempt(),
                                                drafts.get(),
                                                draft,
                                                settles))
                                .orElseGet(() -> unsubmitted(email)))
                .orElseGet(Known.Nothing::new);
    }

    /**
     * Where no other attempt comes to overtake that one, it is overtaken here: it can't send any
     * more, and what it has left is swept.
     */
    private Known unsubmitted(DueEmail email) {
        if (email.isCanceled()) {
            var mailbox = new MailboxKey(email.lane().workspaceId(), email.lane().mailboxId());
            if (tools.drafts().begin(email.key(), mailbox, email.messageId()).isEmpty()) {
                return new Known.NotYet();
            }
        }
        return new Known.NotSent();
    }

    private Known look(
            DueEmail email, UUID attempt, DraftApi drafts, String draft, Duration settles) {
        return switch (drafts.look(calls, api.user(), draft)) {
            case Look.Sent(var ids) -> {
                tools.drafts().end(email.key(), attempt);
                yield new Known.Sent(ids);
            }
            case Look.StillDraft _ ->
                    isSettled(email, settles) ? recall(drafts, draft) : new Known.NotYet();
            case Look.Gone _ -> new Known.Nothing();
            case Look.Failed(var why) -> new Known.Failed(why);
        };
    }

    private boolean isSettled(DueEmail email, Duration settles) {
        return email.unknownSince()
                .filter(since -> since.plus(settles).isBefore(calls.now()))
                .isPresent();
    }

    /** A draft that is deleted can't be sent any more, by whoever was late. */
    private Known recall(DraftApi drafts, String draft) {
        return switch (calls.call(drafts.delete(api.user(), draft))) {
            case ApiCalls.Call.Success _ -> new Known.NotSent();
            case ApiCalls.Call.Refused(var reply, _, _) when reply.status() == 404 ->
                    new Known.Nothing();
            case ApiCalls.Call.NotAnswered failed -> new Known.Failed(failed);
        };
    }
}
