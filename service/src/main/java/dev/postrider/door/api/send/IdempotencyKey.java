package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.store.Repeatable;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import org.jspecify.annotations.Nullable;

/** The caller's name for a request, so that a repeat is known as one. */
public final class IdempotencyKey {
    static final int MAX_LENGTH = 256;

    private IdempotencyKey() {}

    static boolean isValid(@Nullable String key) {
        return key == null || (!key.isEmpty() && key.length() <= MAX_LENGTH);
    }

    public static Problem invalid() {
        return Problem.of(
                ProblemCode.INVALID_IDEMPOTENCY_KEY,
                "An Idempotency-Key has 1 to " + MAX_LENGTH + " characters.");
    }

    public static Problem mismatched() {
        return Problem.of(
                ProblemCode.INVALID_IDEMPOTENT_REQUEST,
                "This Idempotency-Key came with another request within the last 24 hours: take a new"
                        + " key for a new email.");
    }

    /**
     * A request that may be repeated; its answer isn't known yet.
     *
     * @param operation what is asked for, beside the body
     */
    public static Repeatable request(Caller caller, String operation, JsonNode body, String key) {
        return new Repeatable(
                caller.workspaceId(),
                caller.key().map(ApiKey::id).orElse(caller.userId()),
                key,
                Fingerprint.of(operation, body),
                "");
    }
}
