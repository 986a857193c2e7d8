package dev.postrider.transport.graph.draft;

import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.outbound.RequestBody;
import dev.postrider.outbound.SessionResult;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.DraftApi.Made;
import dev.postrider.transport.api.DraftApi.Work;
import dev.postrider.transport.api.message.ApiMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes one draft with its files: those that fit go along with it, the others follow. */
final class MakeDraft {
    private static final String FILES = "\"attachments\":[";

    private final ApiLimits limits;
    private final ApiRequest request;
    private final DraftCalls drafts;
    private final Work work;
    private final List<DraftFile> along = new ArrayList<>();
    private final List<DraftFile> behind = new ArrayList<>();

    MakeDraft(ApiLimits limits, ApiRequest request, DraftCalls drafts, Work work) {
        this.limits = limits;
        this.request = request;
        this.drafts = drafts;
        this.work = work;
    }

    Made make() {
        var body = body();
        return switch (work.calls().call(drafts.create(body, work.holds()))) {
            case Call.Success(var reply) ->
                    GraphDrafts.ids(reply)
                            .map(this::fill)
                            .orElseGet(() ->
                                    new Made.GivenUp(
                                            Optional.empty(),
                                            new Outcome.Unreachable(
                                                    "What answered for Microsoft's API names no"
                                                            + " draft.")));
            case Call.NotAnswered failed -> new Made.Failed(Optional.empty(), failed);
        };
    }

    private RequestBody body() {
        var message = work.message();
        var json =
                DraftJson.of(
                                message.head(),
                                work.parsed(),
                                message.bcc(),
                                List.of(
                                        new DraftJson.Field(
                                                ApiMessage.ID_FIELD,
                                                message.key().id().toString())))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        distribute(json.length);
        var body = new JsonWithFiles(message);
        if (along.isEmpty()) {
            return body.text(json);
        }
        // all but the object's end
        body.text(Arrays.copyOf(json, json.length - 1)).text("," + FILES);
        for (var i = 0; i < along.size(); i++) {
            body.text(i == 0 ? "" : ",");
            along.get(i).addTo(body);
        }
        return body.text("]}");
    }

    /** In their order, as far as there is room. */
    private void distribute(long taken) {
        var left = limits.octetsOfDraftRequest() - taken - FILES.length() - 3;
        for (var part : work.parsed().files()) {
            var file = new DraftFile(part);
            if (file.length() + 1 <= left) {
                along.add(file);
                left -= file.length() + 1;
            } else {
                behind.add(file);
            }
        }
    }

    private Made fill(ProviderIds draft) {
        var there = along.size();
        for (var file : behind) {
            var problem =
                    file.part().size() <= limits.octetsOfFileRequest()
                            ? add(draft.message(), file, there)
                            : upload(draft.message(), file, there);
            if (problem.isPresent()) {
                return problem.get();
            }
            there++;
        }
        return new Made.Whole(draft);
    }

    /** What was added without an answer is seen by how many files the draft has. */
    private Optional<Made> add(String draft, DraftFile file, int before) {
        var body = new JsonWithFiles(work.message());
        file.addTo(body);
        return switch (work.calls().call(drafts.addFile(draft, body, work.holds()))) {
            case Call.Success _ -> Optional.empty();
            case Call.Broken(SessionResult.Unanswered<?> _)
                    when new CountFiles(work.calls(), drafts).of(draft) == before + 1 ->
                    Optional.empty();
            case Call.NotAnswered failed ->
                    Optional.of(new Made.Failed(Optional.of(draft), failed));
        };
    }

    private Optional<Made> upload(String draft, DraftFile file, int before) {
        return new UploadFile(limits, request, drafts, work, draft, before).upload(file);
    }
}
