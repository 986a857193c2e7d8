package dev.postrider.transport.graph.draft;

import dev.postrider.email.ProviderIds;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.Objection;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.DraftApi;
import dev.postrider.transport.api.MailApi;
import dev.postrider.transport.api.message.MessageHead;
import dev.postrider.transport.api.reply.ApiReply;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Drafts of a mailbox in Exchange Online.
 *
 * @param version of the API, as paths begin with it
 */
public record GraphDrafts(ApiLimits limits, ApiRequest request, String version)
        implements DraftApi {
    private static final String SCOPE = "mail.readwrite";

    @Override
    public boolean mayDraft(Set<String> scopes) {
        return scopes.contains(SCOPE);
    }

    @Override
    public String scope() {
        return "Mail.ReadWrite";
    }

    @Override
    public Optional<Objection> loss(MessageHead head, ParsedMessage message) {
        return new FindLoss(limits, head, message).first();
    }

    @Override
    public Made make(Work work) {
        return new MakeDraft(limits, request, calls(work.user()), work).make();
    }

    @Override
    public MailApi.Request send(String user, String draft, BooleanSupplier mayLeave) {
        return calls(user).send(draft, mayLeave);
    }

    @Override
    public MailApi.Request delete(String user, String draft) {
        return calls(user).delete(draft);
    }

    @Override
    public Strays strays(ApiCalls calls, String user, String messageId) {
        return switch (calls.call(calls(user).drafts(messageId))) {
            case Call.Success(var reply) -> {
                var drafts = new ArrayList<String>();
                reply.json().path("value").forEach(each -> drafts.add(each.path("id").asText()));
                yield new Strays.Some(drafts);
            }
            case Call.NotAnswered failed -> new Strays.Failed(failed);
        };
    }

    @Override
    public Look look(ApiCalls calls, String user, String draft) {
        return switch (calls.call(calls(user).find(draft))) {
            case Call.Success(var reply) when reply.json().path("isDraft").isBoolean() ->
                    reply.json().path("isDraft").asBoolean()
                            ? new Look.StillDraft()
                            : new Look.Sent(
                                    ids(reply).orElse(new ProviderIds(draft, thread(reply))));
            // a page of something in between
            case Call.Success _ -> new Look.StillDraft();
            case Call.Refused(var reply, _, _) when reply.status() == 404 && reply.saysJson() ->
                    new Look.Gone();
            case Call.NotAnswered failed -> new Look.Failed(failed);
        };
    }

    /** What a draft is called; empty when an answer doesn't say. */
    static Optional<ProviderIds> ids(ApiReply reply) {
        return reply.text("id").map(id -> new ProviderIds(id, thread(reply)));
    }

    private static Optional<String> thread(ApiReply reply) {
        return reply.text("conversationId");
    }

    private DraftCalls calls(String user) {
        return new DraftCalls(request, version + user);
    }
}
