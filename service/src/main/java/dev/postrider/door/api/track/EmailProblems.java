package dev.postrider.door.api.track;

import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.regex.Pattern;

/** The answers that the operations on one email have in common. */
final class EmailProblems {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{2,30}");

    private EmailProblems() {}

    /** A word is no mistaken id, but an operation of other services, such as {@code metrics}. */
    static Response noId(String text) {
        if (WORD.matcher(text).matches()) {
            return Problem.of(
                            ProblemCode.NOT_FOUND,
                            "Nothing is at /emails/"
                                    + text
                                    + ": the operations are listed at /docs.")
                    .response();
        }
        return Problem.of(
                        ProblemCode.INVALID_PARAMETER,
                        "\""
                                + (text.length() > 50 ? text.substring(0, 50) + "…" : text)
                                + "\" is no id: ids look like 019a8f5e-7c1b-7000-8000-000000000000.")
                .response();
    }

    /** The same for one that isn't there and one that is somebody else's. */
    static Response notFound() {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "You have no email with this id: GET /emails lists them.")
                .response();
    }

    /** What a message says is deleted before what became of it. */
    static Response notKept() {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "The content of this email is no longer kept; GET /emails/ID still says what"
                                + " became of it.")
                .response();
    }

    /**
     * @param tooLate what can't be done any more, and why
     */
    static Response of(ChangeEmails.Changed changed, UUID id, String tooLate) {
        return switch (changed) {
            case DONE -> Response.ok(ChangedAnswer.of(id)).build();
            case NOT_FOUND -> notFound();
            case TOO_LATE -> Problem.of(ProblemCode.TOO_LATE, tooLate).response();
            case NO_MAILBOX ->
                    Problem.of(
                                    ProblemCode.TOO_LATE,
                                    "Its mailbox has been removed, so nothing more can be sent.")
                            .response();
        };
    }
}
