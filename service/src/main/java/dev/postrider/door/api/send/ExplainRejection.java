package dev.postrider.door.api.send;

import dev.postrider.flow.accept.FieldViolation;
import dev.postrider.flow.accept.Rejection;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Says the intake's rejections in this API's words: a code with its status, and English. */
final class ExplainRejection {
    static final String NO_MAILBOX =
            "No email or password found. Please connect your account with SMTP.";

    private static final Map<String, String> NO_MAILBOX_OF =
            Map.of(
                    SendAndWait.SMTP,
                    NO_MAILBOX,
                    SendAndWait.GMAIL,
                    "No Gmail account found. Please connect your account with Google.",
                    SendAndWait.MICROSOFT,
                    "No Microsoft account found. Please connect your account with Microsoft.");

    static final Problem BUSY =
            Problem.of(
                    ProblemCode.UNAVAILABLE,
                    "Too many large requests at once: nothing was kept. Try again in a moment.");

    private static final int RETRY_SECONDS = 2;

    private ExplainRejection() {}

    static Problem problem(Rejection rejection) {
        return switch (rejection) {
            case Rejection.Flawed(var flaws) ->
                    invalid(
                            ProblemCode.valueOf(rejection.code().name()),
                            flaws.stream()
                                    .map(flaw -> new Problem.FieldError(flaw.field(), words(flaw)))
                                    .toList());
            case Rejection.NotYourAddress(var from) ->
                    of(
                            rejection,
                            "You have no mailbox "
                                    + from.addrSpec()
                                    + " to send from: connect it with POST /mailboxes, {\"address\":"
                                    + " \""
                                    + from.addrSpec()
                                    + "\", ...}, and send again.");
            case Rejection.MailboxRemoved _ ->
                    of(rejection, "The mailbox was removed a moment ago; nothing was kept.");
            case Rejection.NoMailbox(var kind) ->
                    of(rejection, kind.map(NO_MAILBOX_OF::get).orElse(NO_MAILBOX));
            case Rejection.MailboxHeld(var mailbox) ->
                    of(rejection, mailbox.map(ExplainRejection::held).orElse(HELD_BEFORE));
            case Rejection.MailboxRests(var address, var rest) ->
                    of(
                            rejection,
                            "The mailbox "
                                    + address
                                    + " has reached a limit of its provider or its own, and rests"
                                    + " for "
                                    + rest.toSeconds()
                                    + " s. This email is not kept; POST /emails would queue it.");
            case Rejection.OtherRequest _ ->
                    of(
                            rejection,
                            "This Idempotency-Key was used for another request within the last 24 hours:"
                                    + " use a new key for a new email.");
            case Rejection.Busy(var scarce) ->
                    switch (scarce) {
                        case SPOOL -> BUSY;
                        case DATABASE ->
                                of(
                                        rejection,
                                        "More emails arrive than the database can take: nothing was kept. Try again"
                                                + " in a moment.");
                    };
            case Rejection.Refused(_, _, var reason) -> of(rejection, reason);
            case Rejection.Failed(var id, var reason) ->
                    of(
                            rejection,
                            sentence(reason)
                                    + " It will not be tried again; GET /emails/"
                                    + id
                                    + " shows it as failed.");
            case Rejection.Unheard(var id) ->
                    of(
                            rejection,
                            "The email was kept, and then the database couldn't be reached: whether it was sent"
                                    + " already isn't known yet. GET /emails/"
                                    + id
                                    + " tells it later; with an Idempotency-Key it is safe to repeat, without one it"
                                    + " may be sent twice.");
        };
    }

    /** Servers' words have no full stop. */
    private static String sentence(String words) {
        return words.endsWith(".") || words.endsWith(".)") ? words : words + ".";
    }

    private static final String HELD_BEFORE =
            "The mailbox's server refused the login when this was first sent, and the"
                    + " email was not kept. Send it again once the mailbox works.";

    private static String held(Rejection.MailboxHeld.Held mailbox) {
        return "The mailbox "
                + mailbox.address()
                + " can't send: "
                + sentence(mailbox.why().orElse("its server refused the login"))
                + " Its user connects it again by a link (POST /connect-links with mailbox_id "
                + mailbox.id()
                + "), or give it a new password (PATCH /mailboxes/"
                + mailbox.id()
                + "). This email is not kept.";
    }

    private static Problem of(Rejection rejection, String detail) {
        return Problem.of(ProblemCode.valueOf(rejection.code().name()), detail);
    }

    private static String words(FieldViolation flaw) {
        return switch (flaw) {
            case FieldViolation.Missing(_) -> "is missing";
            case FieldViolation.TooMany(_, var most) -> "has more than " + most + " items";
            case FieldViolation.TooLong(_, var most) -> "is longer than " + most + " characters";
            case FieldViolation.TooLarge(var field, var most) ->
                    field.startsWith("attachments")
                            ? "make the message larger than " + most + " octets, counted in base64"
                            : "is larger than " + most + " octets";
            case FieldViolation.NoText(_) -> "must not contain NUL or half a surrogate pair";
            case FieldViolation.NoWord(_) -> "must consist of ASCII letters, digits, - and _";
            case FieldViolation.TooFarAhead(_, var most) ->
                    "is more than " + most.toDays() + " days ahead";
            case FieldViolation.Contradiction(_, var other) ->
                    "contradicts " + other + ": give only one of them";
            case FieldViolation.ForeignSender(_, var mailbox) ->
                    "must be "
                            + mailbox
                            + ", the address of the mailbox that sends it, or be left out";
            case FieldViolation.NotFetched(_, var reason) -> reason;
            case FieldViolation.OfTransport(_, var reason) -> reason;
            case FieldViolation.OfMessage(var composers) -> composers.reason();
        };
    }

    /** What was wrong with fields before the intake saw them. */
    static Problem problem(Fields fields) {
        var areOfAttachments =
                fields.errors().stream().allMatch(error -> error.field().startsWith("attachments"));
        return fields.problem(
                areOfAttachments
                        ? ProblemCode.INVALID_ATTACHMENT
                        : fields.areOnlyMissing()
                                ? ProblemCode.MISSING_REQUIRED_FIELD
                                : ProblemCode.INVALID_INPUT);
    }

    private static Problem invalid(ProblemCode code, List<Problem.FieldError> errors) {
        var first = errors.subList(0, Math.min(errors.size(), Fields.MAX_ERRORS));
        return Problem.invalid(code, first, errors.size() - first.size());
    }

    static Response response(Rejection rejection) {
        var answer = response(problem(rejection));
        return rejection instanceof Rejection.MailboxRests(_, var rest)
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.RETRY_AFTER, rest.toSeconds())
                        .build()
                : answer;
    }

    static Response response(Problem problem) {
        return problem.status() == ProblemCode.UNAVAILABLE.status()
                ? Response.fromResponse(problem.response())
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .build()
                : problem.response();
    }
}
