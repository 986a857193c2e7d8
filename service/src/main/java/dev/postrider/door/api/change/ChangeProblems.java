package dev.postrider.door.api.change;

import dev.postrider.door.api.track.EmailProblems;
import dev.postrider.flow.store.change.Cancellation;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/** The answers that the changes of emails have in common, of one or of many. */
final class ChangeProblems {
    static final String TOO_LATE_TO_RETRY =
            "Only an email that was refused, failed or is unknown can be retried.";

    static final String TOO_LATE_TO_MOVE =
            "Only an email that waits, and of which no attempt may have got through, can be moved to"
                    + " another mailbox.";

    private static final String TOO_LATE_TO_CANCEL =
            "It is being sent, or is finished: only a waiting email can be canceled.";

    private ChangeProblems() {}

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
            case NOT_FOUND -> Optional.of(EmailProblems.unknown());
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
            case Cancellation.NotFound() -> Optional.of(EmailProblems.unknown());
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
