package dev.postrider.door.api.send;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
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
}
