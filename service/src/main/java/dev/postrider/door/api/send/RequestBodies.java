package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.body.AttachmentContents;
import dev.postrider.door.api.body.EmailBody;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.Idempotency;
import dev.postrider.flow.accept.IntakeResult;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.Spool;
import dev.postrider.spool.Spool.Taken;
import dev.postrider.spool.TextBudget;
import dev.postrider.trace.RequestTrace;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the operations that take emails have in common: the body, the key, the answer. */
@Singleton
final class RequestBodies {
    /** Octets of a request: a message's attachments as a list of numbers, with spaces between. */
    static final int MAX_BODY = 160 * 1024 * 1024;

    /** Octets of a request that are text, and so stay in memory. */
    private static final int MAX_TEXT = 64 * 1024 * 1024;

    private final Spool spool;
    private final MemoryBudget texts;

    @Inject
    RequestBodies(Spool spool) {
        this(spool, new MemoryBudget(Runtime.getRuntime().maxMemory() / 3));
    }

    RequestBodies(Spool spool, MemoryBudget texts) {
        this.spool = spool;
        this.texts = texts;
    }

    /**
     * A request as it came.
     *
     * @param length what its Content-Length says
     * @param idempotencyKey what its Idempotency-Key says
     * @param path one of few: the operations'
     */
    record Request(
            Caller caller,
            InputStream body,
            @Nullable String length,
            @Nullable String idempotencyKey,
            String path,
            RequestTrace trace) {
        /** What the intake is to do once, when there is a key. */
        Optional<Idempotency> idempotency(
                String operation, JsonNode body, Function<IntakeResult.Kept, String> answer) {
            return Optional.ofNullable(idempotencyKey)
                    .map(key -> new Idempotency(key, Fingerprint.of(operation, body), answer));
        }

        private OptionalLong declared() {
            try {
                return length == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseUnsignedLong(length));
            } catch (NumberFormatException _) {
                return OptionalLong.empty();
            }
        }
    }

    /** What an operation does with a body. */
    interface Operation<T> {
        Response on(T body) throws IOException, InterruptedException;
    }

    /** Takes a body that describes emails in JSON. */
    Response json(Request request, int maxOctets, Operation<JsonNode> operation)
            throws IOException, InterruptedException {
        var workspace = request.caller().workspaceId();
        try (var files = new OpenFiles()) {
            return octets(
                    request,
                    maxOctets,
                    octets -> {
                        var most = Math.min(octets.size(), MAX_TEXT);
                        try (var budget =
                                new TextBudget(texts, workspace, most, spool.patience())) {
                            var contents =
                                    new AttachmentContents(
                                            spool, workspace, EmailLimits.MESSAGE, budget, files);
                            return switch (EmailBody.read(octets, contents)) {
                                case EmailBody.Read.Rejected(var problem) ->
                                        ExplainRejection.response(problem);
                                case EmailBody.Read.Json(var tree) -> operation.on(tree);
                            };
                        }
                    });
        } catch (Spool.NoRoom _) {
            return ExplainRejection.response(ExplainRejection.BUSY);
        }
    }

    /** The same, when it must be one object. */
    Response object(Request request, int maxOctets, Operation<ObjectNode> operation)
            throws IOException, InterruptedException {
        return json(
                request,
                maxOctets,
                tree ->
                        tree instanceof ObjectNode object
                                ? operation.on(object)
                                : ProblemCode.MALFORMED_BODY.response(
                                        "The body is JSON, but not an object."));
    }

    /** Takes a body that is no JSON. */
    Response octets(Request request, int maxOctets, Operation<Octets> operation)
            throws IOException, InterruptedException {
        var response = take(request, maxOctets, operation);
        request.trace().end("POST", request.path(), response.getStatus());
        return response;
    }

    private Response take(Request request, int maxOctets, Operation<Octets> operation)
            throws IOException, InterruptedException {
        if (!IdempotencyKey.isValid(request.idempotencyKey())) {
            return IdempotencyKey.invalid().response();
        }
        return switch (spool.take(
                request.caller().workspaceId(), request.body(), request.declared(), maxOctets)) {
            case Taken.TooLarge _ ->
                    ProblemCode.BODY_TOO_LARGE.response(
                            "The body is larger than " + maxOctets + " bytes, the maximum.");
            case Taken.Busy _ -> ExplainRejection.response(ExplainRejection.BUSY);
            case Taken.Complete(var octets) -> {
                try (octets) {
                    yield operation.on(octets);
                }
            }
        };
    }

    /** Answers for what the intake took. */
    static Response response(IntakeResult accepted, Function<IntakeResult.Kept, String> answer) {
        return switch (accepted) {
            case IntakeResult.Kept kept -> Response.ok(answer.apply(kept)).build();
            case IntakeResult.Repeated(var before) -> Response.ok(before).build();
            case IntakeResult.Rejected rejected -> ExplainRejection.response(rejected.rejection());
        };
    }
}
