package dev.postrider.transport.graph.draft;

import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;

/** Counts a draft's files, when an answer was lost that would have said that one is there. */
record CountFiles(ApiCalls calls, DraftCalls drafts) {
    /** -1 when that can't be told. */
    int of(String draft) {
        return calls.call(drafts.files(draft)) instanceof Call.Success(var reply)
                        && reply.json().path("value").isArray()
                ? reply.json().path("value").size()
                : -1;
    }
}
