package dev.postrider.transport.api;

import dev.postrider.outbound.OutboundCall;
import dev.postrider.transport.LeftDrafts;
import dev.postrider.transport.LeftDrafts.Left;
import dev.postrider.transport.api.DraftApi.Strays;
import java.util.List;

/**
 * Removes what an email has left in its mailbox that nobody sends any more. Drafts are found before
 * it is asked whether an attempt has begun meanwhile: a draft of that one can't be among them.
 */
public final class RemoveLeftDrafts {
    private final ApiDependencies tools;
    private final LeftDrafts left;

    public RemoveLeftDrafts(ApiDependencies tools, LeftDrafts left) {
        this.tools = tools;
        this.left = left;
    }

    /** What became of a try. */
    public sealed interface Result {
        /** There is none any more. */
        record Removed(int drafts) implements Result {}

        /** Nobody may look: the mailbox is gone, or has another provider. */
        record Impossible() implements Result {}

        /** An attempt has begun, which sees to it by itself. */
        record Overtaken() implements Result {}

        record NotNow(String reason) implements Result {}
    }

    public Result of(Left each) {
        var api = tools.find().of(each.mailbox());
        var drafts = tools.api().drafts();
        if (api.isEmpty() || drafts.isEmpty()) {
            return new Result.Impossible();
        }
        if (!drafts.get().mayDraft(api.get().scopes())) {
            return new Result.NotNow("the grant doesn't allow it any more");
        }
        try (var calls = calls(each, api.get())) {
            return remove(each, drafts.get(), calls, api.get().user());
        }
    }

    private ApiCalls calls(Left each, FindApi.Api api) {
        return new ApiCalls(
                tools.client()
                        .session(
                                each.mailbox().workspaceId(),
                                api.base(),
                                OutboundCall.Reach.TLS_ONLY),
                tools.tokens(),
                tools.rules(),
                each.mailbox(),
                tools.clock());
    }

    private Result remove(Left each, DraftApi drafts, ApiCalls calls, String user) {
        return switch (drafts.strays(calls, user, each.messageId())) {
            case Strays.Failed _ -> new Result.NotNow("the mailbox couldn't be asked");
            case Strays.Some(var strays) ->
                    left.isStillLeft(each)
                            ? remove(strays, drafts, calls, user)
                            : new Result.Overtaken();
        };
    }

    private static Result remove(
            List<String> strays, DraftApi drafts, ApiCalls calls, String user) {
        for (var draft : strays) {
            if (!DraftApi.isRemoved(calls.call(drafts.delete(user, draft)))) {
                return new Result.NotNow("a draft couldn't be deleted");
            }
        }
        return new Result.Removed(strays.size());
    }
}
