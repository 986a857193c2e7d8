package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.api.body.EmailBody;
import dev.postrider.door.api.send.SubmitEmails.Answer;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.Spool;
import dev.postrider.spool.Spool.Taken;
import dev.postrider.spool.TextBudget;
import jakarta.inject.Inject;
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
public final class TakeEmails {
    /** Octets of a request. */
    static final int MAX_BODY = 64 * 1024 * 1024;

    public static final Problem BUSY =
            Problem.of(
                    ProblemCode.UNAVAILABLE,
                    "Too many large requests at once: nothing was kept. Try again in a moment.");

    private static final int RETRY_SECONDS = 2;

    /**
     * Of a body that is text: its octets, its characters, what they say, and that as it is sent.
     */
    private static final long TEXT_COPIES = 6;

    private final Spool bodies;
    private final MemoryBudget texts;

    @Inject
    public TakeEmails(Spool bodies) {
        this(bodies, new MemoryBudget(Runtime.getRuntime().maxMemory() / 3));
    }

    public TakeEmails(Spool bodies, MemoryBudget texts) {
        this.bodies = bodies;
        this.texts = texts;
    }

    /** What an operation does with a body that is text and nothing else. */
    interface TextOperation {
        Response on(InputStream body) throws IOException, InterruptedException;
    }

    /** Takes such a body; while it is read and composed, in memory, there is room for it. */
    Response takeText(
            InputStream body, @Nullable String length, int maxOctets, TextOperation operation)
            throws IOException, InterruptedException {
        return switch (bodies.take(body, declared(length), maxOctets)) {
            case Taken.TooLarge _ -> tooLarge(maxOctets).response();
            case Taken.Busy _ -> response(BUSY);
            case Taken.Complete(var octets) -> {
                try (octets) {
                    var room = texts.enter(TEXT_COPIES * octets.size(), bodies.patience());
                    if (room.isEmpty()) {
                        yield response(BUSY);
                    }
                    try (var _ = room.get()) {
                        yield operation.on(octets.open());
                    }
                }
            }
        };
    }

    private static Problem tooLarge(int maxOctets) {
        return Problem.of(
                ProblemCode.BODY_TOO_LARGE,
                "The body is larger than " + maxOctets + " bytes, the most read here.");
    }

    /** What an operation does with a body. */
    interface Operation {
        Answer on(JsonNode body, Optional<String> key) throws InterruptedException;
    }

    /** The same, when the body is a message and no JSON. */
    interface RawOperation {
        Answer on(Octets octets, Optional<String> key) throws IOException, InterruptedException;
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
                (octets, key) -> {
                    try (var weight = new TextBudget(texts, octets.size(), bodies.patience())) {
                        return switch (EmailBody.read(octets, weight)) {
                            case EmailBody.Read.Rejected(var problem) ->
                                    new Answer.Rejected(problem);
                            case EmailBody.Read.Json(var tree) -> operation.on(tree, key);
                        };
                    } catch (TextBudget.NoRoom _) {
                        return new Answer.Rejected(BUSY);
                    }
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
        return response(
                switch (bodies.take(body, declared(length), MAX_BODY)) {
                    case Taken.TooLarge _ -> new Answer.Rejected(tooLarge(MAX_BODY));
                    case Taken.Busy _ -> new Answer.Rejected(BUSY);
                    case Taken.Complete(var octets) -> {
                        try (octets) {
                            yield operation.on(octets, Optional.ofNullable(idempotencyKey));
                        }
                    }
                });
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
