package dev.postrider.audit.http;

import dev.postrider.audit.AuditFilter;
import dev.postrider.audit.AuditOutcome;
import dev.postrider.http.Id;
import dev.postrider.http.IsoTime;
import dev.postrider.http.PlainText;
import dev.postrider.http.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which entries of the audit log, as a request has it; for {@code @BeanParam}. */
public final class AuditFilterParameters {
    private static final int MAX_TEXT = 320;

    @Parameter(
            description =
                    "Only what this user did: their id, or their email as it was then. What the"
                            + " program did by itself has other names, such as `operator`.",
            example = "ann@example.org")
    @QueryParam("actor")
    @Nullable String actor;

    @Parameter(
            description =
                    "Only actions that begin so: `mailbox` finds `mailbox.connected` and all others of"
                            + " mailboxes.",
            example = "mailbox.")
    @QueryParam("action")
    @Nullable String action;

    @Parameter(description = "Only what was done to this kind of thing.", example = "mailbox")
    @QueryParam("subject_kind")
    @Nullable String subjectKind;

    @Parameter(description = "Only what was done to the thing with this id, or made it.")
    @QueryParam("subject_id")
    @Nullable String subjectId;

    @Parameter(
            description = "Only what ended so.",
            schema = @Schema(enumeration = {"done", "refused", "failed", "unknown"}))
    @QueryParam("outcome")
    @Nullable String outcome;

    @Parameter(description = "Only requests from this address.", example = "198.51.100.7")
    @QueryParam("address")
    @Nullable String address;

    @Parameter(description = "Only what was done at this time or later.")
    @QueryParam("created_after")
    @Nullable String createdAfter;

    @Parameter(description = "Only what was done before this time.")
    @QueryParam("created_before")
    @Nullable String createdBefore;

    /**
     * Reads them.
     *
     * @param errors what is wrong is added here
     */
    AuditFilter read(List<Problem.FieldError> errors) {
        var who = text("actor", actor, errors);
        var userId = who.flatMap(Id::parse);
        return new AuditFilter(
                userId,
                userId.isPresent() ? Optional.empty() : who,
                text("action", action, errors),
                text("subject_kind", subjectKind, errors),
                id(errors),
                outcome(errors),
                text("address", address, errors),
                time("created_after", createdAfter, errors),
                time("created_before", createdBefore, errors));
    }

    private static Optional<String> text(
            String name, @Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return Optional.empty();
        }
        var flaw =
                text.isBlank() || text.length() > MAX_TEXT
                        ? Optional.of("must have 1 to " + MAX_TEXT + " characters")
                        : PlainText.flawIn(text);
        flaw.ifPresent(message -> errors.add(new Problem.FieldError(name, message)));
        return Optional.of(text.strip()).filter(_ -> flaw.isEmpty());
    }

    private Optional<UUID> id(List<Problem.FieldError> errors) {
        var id = Optional.ofNullable(subjectId).flatMap(Id::parse);
        if (subjectId != null && id.isEmpty()) {
            errors.add(new Problem.FieldError("subject_id", "must be an id"));
        }
        return id;
    }

    private Optional<AuditOutcome> outcome(List<Problem.FieldError> errors) {
        var found = Optional.ofNullable(outcome).flatMap(AuditOutcome::parse);
        if (outcome != null && found.isEmpty()) {
            errors.add(
                    new Problem.FieldError(
                            "outcome", "must be one of done, refused, failed, unknown"));
        }
        return found;
    }

    private static Optional<Instant> time(
            String name, @Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return Optional.empty();
        }
        var time = IsoTime.parse(text);
        if (time.isEmpty()) {
            errors.add(new Problem.FieldError(name, IsoTime.ERROR));
        }
        return time;
    }
}
