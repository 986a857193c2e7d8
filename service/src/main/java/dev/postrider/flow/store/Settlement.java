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

    public EmailState state() {
        return switch (next) {
            case Next.Ended ended -> ended.state();
            case Next.Again _ -> EmailState.QUEUED;
            // deleted in the same transaction
            case Next.Forgotten _ -> EmailState.FAILED;
        };
    }

    public Optional<Instant> againAt() {
        return next instanceof Next.Again again ? Optional.of(again.dueAt()) : Optional.empty();
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
                    Outcome.Unknown _ ->
                    Optional.empty();
        };
    }

    public String words() {
        return reply().map(ServerReply::text).orElseGet(() -> attempt.outcome().detail());
    }
}
