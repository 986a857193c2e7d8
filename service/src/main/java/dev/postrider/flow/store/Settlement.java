package dev.postrider.flow.store;

import dev.postrider.email.Attempt;
import dev.postrider.email.EmailState;
import dev.postrider.email.Next;
import dev.postrider.email.Outcome;
import dev.postrider.email.ServerReply;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt, what follows from it, and the lease that settles it. */
public record Settlement(Attempt attempt, Next next, long leaseEpoch) {
    public UUID workspace() {
        return attempt.email().key().workspaceId();
    }

    public UUID email() {
        return attempt.email().key().id();
    }

    public boolean isKept() {
        return !(next instanceof Next.Forgotten);
    }

    /** Whether it was an attempt at all. */
    boolean isAttempt() {
        return isKept() && !(next instanceof Next.PutBack);
    }

    /** What to add to the attempts: taking the email has counted one already. */
    int counted() {
        int made = next instanceof Next.PutBack ? 0 : 1;
        return made - (attempt.begun() ? 1 : 0);
    }

    /** Whether its caller goes on waiting. */
    public boolean goesOn() {
        return switch (next) {
            case Next.Again again -> again.goesOn();
            case Next.PutBack _ -> true;
            case Next.Ended _, Next.Forgotten _ -> false;
        };
    }

    public EmailState state() {
        return switch (next) {
            case Next.Ended ended -> ended.state();
            case Next.Again _, Next.PutBack _ -> EmailState.QUEUED;
            // deleted in the same transaction
            case Next.Forgotten _ -> EmailState.FAILED;
        };
    }

    public Optional<Instant> againAt() {
        return switch (next) {
            case Next.Again again -> Optional.of(again.dueAt());
            case Next.PutBack back -> Optional.of(back.dueAt());
            case Next.Ended _, Next.Forgotten _ -> Optional.empty();
        };
    }

    @Nullable Timestamp dueAt() {
        return againAt().map(Timestamp::from).orElse(null);
    }

    public boolean isUnsent() {
        return attempt.isUnsent();
    }

    public String reason() {
        return switch (next) {
            case Next.Ended ended -> ended.reason();
            case Next.Again again -> again.reason();
            case Next.PutBack back -> back.reason();
            case Next.Forgotten forgotten -> forgotten.reason();
        };
    }

    int resends() {
        return next instanceof Next.Again again && again.resend() ? 1 : 0;
    }

    public Optional<ServerReply> reply() {
        return switch (attempt.outcome()) {
            case Outcome.Accepted accepted -> Optional.of(accepted.reply());
            case Outcome.Deferred deferred -> Optional.of(deferred.reply());
            case Outcome.Refused refused -> Optional.of(refused.reply());
            case Outcome.Throttled throttled -> Optional.of(throttled.reply());
            case Outcome.LoginRefused _,
                    Outcome.Unreachable _,
                    Outcome.Broken _,
                    Outcome.Unsendable _,
                    Outcome.NotSent _,
                    Outcome.Unknown _ ->
                    Optional.empty();
        };
    }

    public String words() {
        return reply().map(ServerReply::text).orElseGet(() -> attempt.outcome().detail());
    }
}
