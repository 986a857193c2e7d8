package dev.postrider.door.api.track;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** The answers that the operations on emails have in common. */
public final class EmailProblems {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{2,30}");

    private EmailProblems() {}

    /** A word is no mistaken id, but an operation of other services, such as {@code metrics}. */
    public static Response noId(String text) {
        if (WORD.matcher(text).matches()) {
            return ProblemCode.NOT_FOUND.response(
                    "There is nothing at /emails/"
                            + text
                            + ": the operations are listed at /docs.");
        }
        return ProblemCode.INVALID_PARAMETER.response(
                "\""
                        + (text.length() > 50 ? text.substring(0, 50) + "…" : text)
                        + "\" is not an id: ids look like 019a8f5e-7c1b-7000-8000-000000000000.");
    }

    /** The same for one that isn't there and one that is somebody else's. */
    public static Response notFound() {
        return unknown().response();
    }

    public static Problem unknown() {
        return Problem.of(
                ProblemCode.NOT_FOUND, "You have no email with this id: GET /emails lists them.");
    }

    /** What a message says is deleted before what became of it. */
    public static Response notKept() {
        return ProblemCode.NOT_FOUND.response(
                "The content of this email is no longer kept; GET /emails/ID still says what"
                        + " became of it.");
    }
}
