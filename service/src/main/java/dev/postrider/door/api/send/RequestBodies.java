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
import dev.postrider.identity.CallerChanged;
import dev.postrider.identity.Credit;
import dev.postrider.identity.http.SendersTokens;
import dev.postrider.identity.http.SendersTokens.Asked;
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
    private final Function<Credit, Asked> ask;
    private final MemoryBudget texts;

    @Inject
    RequestBodies(Spool spool, SendersTokens tokens) {
        this(spool, tokens::ask, new MemoryBudget(Runtime.getRuntime().maxMemory() / 3));
    }

    /**
     * @param ask about callers who are there on credit
     */
    RequestBodies(Spool spool, Function<Credit, Asked> ask, MemoryBudget texts) {
        this.spool = spool;
        this.ask = ask;
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

        /** The same of its caller as they are now. */
        private Request of(Caller now) {
            return new Request(now, body, length, idempotencyKey, path, trace);
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

    /**
     * What an operation does with a body. Where its caller isn't who they were it is done again for
     * who they are now, and has kept nothing before.
     */
    interface Operation<T> {
        Response on(Request request, T body) throws IOException, InterruptedException;
    }

    /** Takes a body that describes emails in JSON. */
    Response json(Request request, int maxOctets, Operation<JsonNode> operation)
            throws IOException, InterruptedException {
        var workspace = request.caller().workspaceId();
        try (var files = new OpenFiles()) {
            return octets(
                    request,
                    maxOctets,
                    (now, octets) -> {
                        var most = Math.min(octets.size(), MAX_TEXT);
                        try (var budget =
                                new TextBudget(texts, workspace, most, spool.patience())) {
                            var contents =
                                    new AttachmentContents(
                                            spool, workspace, EmailLimits.MESSAGE, budget, files);
                            return switch (EmailBody.read(octets, contents)) {
                                case EmailBody.Read.Rejected(var problem) ->
                                        ExplainRejection.response(problem);
                                case EmailBody.Read.Json(var tree) -> operation.on(now, tree);
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
                (now, tree) ->
                        tree instanceof ObjectNode object
                                ? operation.on(now, object)
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
            return refused(request, IdempotencyKey.invalid().response());
        }
        return switch (spool.take(
                request.caller().workspaceId(), request.body(), request.declared(), maxOctets)) {
            case Taken.TooLarge _ ->
                    refused(
                            request,
                            ProblemCode.BODY_TOO_LARGE.response(
                                    "The body is larger than "
                                            + maxOctets
                                            + " bytes, the maximum."));
            case Taken.Busy _ -> refused(request, ExplainRejection.response(ExplainRejection.BUSY));
            case Taken.Complete(var octets) -> {
                try (octets) {
                    yield answer(request, octets, operation);
                }
            }
        };
    }

    private Response answer(Request request, Octets octets, Operation<Octets> operation)
            throws IOException, InterruptedException {
        Response response;
        try {
            response = operation.on(request, octets);
        } catch (CallerChanged _) {
            return again(request, octets, operation);
        }
        if (!request.caller().isOnCredit()) {
            return response;
        }
        return switch (ask(request)) {
            case Asked.Refused(var answer) -> answer;
            case Asked.Good(var now) when now.isAs(request.caller()) -> response;
            case Asked.Good(var now) -> operation.on(request.of(now), octets);
        };
    }

    private Response again(Request request, Octets octets, Operation<Octets> operation)
            throws IOException, InterruptedException {
        return switch (ask(request)) {
            case Asked.Refused(var answer) -> answer;
            case Asked.Good(var now) -> operation.on(request.of(now), octets);
        };
    }

    /** What is answered without a look at the body. */
    private Response refused(Request request, Response response) {
        return request.caller().isOnCredit() && ask(request) instanceof Asked.Refused(var answer)
                ? answer
                : response;
    }

    private Asked ask(Request request) {
        return ask.apply(request.caller().credit().orElseThrow());
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
