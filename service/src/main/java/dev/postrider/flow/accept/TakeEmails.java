package dev.postrider.flow.accept;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.accept.LargeBodies.Taken;
import dev.postrider.flow.accept.SubmitEmails.Answer;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the operations that take emails have in common: the body, the key, the answer. */
@Singleton
final class TakeEmails {
    /** Octets of a request. */
    static final int MAX_BODY = 64 * 1024 * 1024;

    private static final int RETRY_SECONDS = 2;

    private final LargeBodies bodies =
            new LargeBodies(MAX_BODY, Runtime.getRuntime().maxMemory() / 5);

    /** What an operation does with a body. */
    interface Operation {
        Answer on(JsonNode body, Optional<String> key) throws InterruptedException;
    }

    /** The same, when the body is a message and no JSON. */
    interface RawOperation {
        Answer on(byte[] octets, Optional<String> key) throws IOException, InterruptedException;
    }

    Response take(
            InputStream body,
            @Nullable String length,
            @Nullable String idempotencyKey,
            Operation operation)
            throws IOException, InterruptedException {
        return takeRaw(
                body,
                length,
                idempotencyKey,
                (octets, key) ->
                        switch (EmailBody.read(octets)) {
                            case EmailBody.Read.Rejected(var problem) ->
                                    new Answer.Rejected(problem);
                            case EmailBody.Read.Json(var tree) -> operation.on(tree, key);
                        });
    }

    Response takeRaw(
            InputStream body,
            @Nullable String length,
            @Nullable String idempotencyKey,
            RawOperation operation)
            throws IOException, InterruptedException {
        if (!IdempotencyKey.isValid(idempotencyKey)) {
            return IdempotencyKey.invalid().response();
        }
        return switch (bodies.take(body, declared(length))) {
            case Taken.TooLarge _ ->
                    Problem.of(
                                    ProblemCode.BODY_TOO_LARGE,
                                    "The body is larger than "
                                            + MAX_BODY
                                            + " bytes, the most read here.")
                            .response();
            case Taken.Busy _ ->
                    response(
                            Problem.of(
                                    ProblemCode.UNAVAILABLE,
                                    "Too many large requests at once: nothing was kept. Try again in"
                                            + " a moment."));
            case Taken.Body taken -> {
                try (taken) {
                    yield response(
                            operation.on(taken.octets(), Optional.ofNullable(idempotencyKey)));
                }
            }
        };
    }

    private static OptionalLong declared(@Nullable String length) {
        try {
            return length == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseUnsignedLong(length));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    static Response response(Answer answer) {
        return switch (answer) {
            case Answer.Done(var json) -> Response.ok(json).build();
            case Answer.Rejected(var problem) -> response(problem);
        };
    }

    private static Response response(Problem problem) {
        return problem.status() == ProblemCode.UNAVAILABLE.status()
                ? Response.fromResponse(problem.response())
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .build()
                : problem.response();
    }
}
