package dev.postrider.email;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What follows from an attempt. */
public sealed interface NextStep {
    /** The recipients that this attempt decided. */
    List<Decided> decided();

    /** The email has ended. */
    record Ended(EmailState state, String reason, List<Decided> decided) implements NextStep {}

    /**
     * Another attempt, for the recipients that are still open.
     *
     * @param goesOn whether it belongs to the one before, for which a caller may go on waiting
     * @param unknownSince when the attempt began whose outcome is to be found out before anything
     *     is sent; empty leaves what was known before
     */
    record Again(
            Instant dueAt,
            boolean resend,
            String reason,
            List<Decided> decided,
            boolean goesOn,
            Optional<Instant> unknownSince)
            implements NextStep {
        public Again(
                Instant dueAt,
                boolean resend,
                String reason,
                List<Decided> decided,
                boolean goesOn) {
            this(dueAt, resend, reason, decided, goesOn, Optional.empty());
        }
    }

    /** It was no attempt: the email is as it was before its turn. */
    record PutBack(Instant dueAt, String reason) implements NextStep {
        @Override
        public List<Decided> decided() {
            return List.of();
        }
    }

    /** The caller who waits is told of the refusal; the email is not kept. */
    record Discarded(String reason) implements NextStep {
        @Override
        public List<Decided> decided() {
            return List.of();
        }
    }

    /** What became of one recipient. */
    record Decided(int position, RecipientState state, Optional<ServerReply> reply) {}
}
