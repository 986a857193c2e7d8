package dev.postrider.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries of the log; what is empty leaves all in.
 *
 * @param actorId the user who did it
 * @param actor the same as they were called then, in any case of letters
 * @param action how it begins: {@code mailbox}, {@code mailbox.removed}
 * @param subjectKind {@code mailbox}
 * @param subjectId what it was done to, or what came of it
 * @param outcome as far as it is known now
 * @param address where the request came from
 * @param from from this moment on
 * @param until up to just before this moment
 */
public record AuditFilter(
        Optional<UUID> actorId,
        Optional<String> actor,
        Optional<String> action,
        Optional<String> subjectKind,
        Optional<UUID> subjectId,
        Optional<AuditOutcome> outcome,
        Optional<String> address,
        Optional<Instant> from,
        Optional<Instant> until) {
    public static final AuditFilter ALL =
            new AuditFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
