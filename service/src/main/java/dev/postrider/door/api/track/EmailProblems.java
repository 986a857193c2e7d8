package dev.postrider.door.api.track;

import dev.postrider.flow.store.Cancellation;
import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The answers that the operations on one email have in common. */
final class EmailProblems {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{2,30}");

    static final String TOO_LATE_TO_RETRY =
            "Only an email that was refused, failed or is unknown can be retried.";

    static final String TOO_LATE_TO_MOVE =
            "Only an email that waits, and of which no attempt may have got through, can be moved to"
                    + " another mailbox.";

    private static final String TOO_LATE_TO_CANCEL =
            "It is being sent, or is finished: only a waiting email can be canceled.";

    private EmailProblems() {}

    /** A word is no mistaken id, but an operation of other services, such as {@code metrics}. */
    static Response noId(String text) {
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
    static Response notFound() {
        return unknown().response();
    }

    private static Problem unknown() {
        return Problem.of(
                ProblemCode.NOT_FOUND, "You have no email with this id: GET /emails lists them.");
    }

    /** What a message says is deleted before what became of it. */
    static Response notKept() {
        return ProblemCode.NOT_FOUND.response(
                "The content of this email is no longer kept; GET /emails/ID still says what"
                        + " became of it.");
    }

    /**
     * @param tooLate what can't be done any more, and why
     */
    static Response of(ChangeEmails.Changed changed, UUID id, String tooLate) {
        return problem(changed, id, tooLate)
                .map(Problem::response)
                .orElseGet(() -> Response.ok(ChangedAnswer.of(id)).build());
    }

    /**
     * Why it wasn't done; empty when it was.
     *
     * @param tooLate what can't be done any more, and why
     */
    static Optional<Problem> problem(ChangeEmails.Changed changed, UUID id, String tooLate) {
        return switch (changed) {
            case DONE -> Optional.empty();
            case NOT_FOUND -> Optional.of(unknown());
            case TOO_LATE -> Optional.of(tooLate(id, tooLate));
            case NO_MAILBOX ->
                    Optional.of(
                            Problem.of(
                                    ProblemCode.TOO_LATE,
                                    "Its mailbox has been removed, so nothing more can be sent."));
            case OTHER_SENDER ->
                    Optional.of(
                            Problem.of(
                                    ProblemCode.INVALID_FROM_ADDRESS,
                                    "The mailbox doesn't send as the email's From: move it to one that has"
                                            + " that address, or has it as an alias."));
        };
    }

    /** The same for a cancel. */
    static Optional<Problem> problem(Cancellation canceled, UUID id) {
        return switch (canceled) {
            case Cancellation.Done _ -> Optional.empty();
            case Cancellation.NotFound() -> Optional.of(unknown());
            case Cancellation.TooLate() -> Optional.of(tooLate(id, TOO_LATE_TO_CANCEL));
        };
    }

    /**
     * @param why what can't be done any more, and why
     */
    private static Problem tooLate(UUID id, String why) {
        return Problem.of(ProblemCode.TOO_LATE, why + " GET /emails/" + id + " shows its state.");
    }
}
