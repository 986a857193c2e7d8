package dev.postrider.flow.store;

import dev.postrider.email.Attempt;
import dev.postrider.email.EmailState;
import dev.postrider.email.NextStep;
import dev.postrider.email.Outcome;
import dev.postrider.email.ProviderIds;
import dev.postrider.email.ServerReply;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt, what follows from it, and the lease that settles it. */
public record Settlement(Attempt attempt, NextStep next, long leaseEpoch) {
    public UUID workspace() {
        return attempt.email().key().workspaceId();
    }

    public UUID email() {
        return attempt.email().key().id();
    }

    UUID mailbox() {
        return attempt.email().lane().mailboxId();
    }

    /** Of the attempt, from 1. */
    int number() {
        return attempt.email().attempts() + 1;
    }

    public boolean isKept() {
        return !(next instanceof NextStep.Discarded);
    }

    /** Whether nothing else has to be written with it, but for events. */
    public boolean isPlain() {
        return isKept() && !isUnsent();
    }

    /** Whether it was an attempt at all. */
    boolean isAttempt() {
        return isKept() && !(next instanceof NextStep.PutBack);
    }

    /** What to add to the attempts: taking the email has counted one already. */
    int counted() {
        int made = next instanceof NextStep.PutBack ? 0 : 1;
        return made - (attempt.begun() ? 1 : 0);
    }

    /** Whether its caller goes on waiting. */
    public boolean goesOn() {
        return switch (next) {
            case NextStep.Again again -> again.goesOn();
            case NextStep.PutBack _ -> true;
            case NextStep.Ended _, NextStep.Discarded _ -> false;
        };
    }

    public EmailState state() {
        return switch (next) {
            case NextStep.Ended ended -> ended.state();
            case NextStep.Again _, NextStep.PutBack _ -> EmailState.QUEUED;
            // deleted in the same transaction
            case NextStep.Discarded _ -> EmailState.FAILED;
        };
    }

    public Optional<Instant> againAt() {
        return switch (next) {
            case NextStep.Again again -> Optional.of(again.dueAt());
            case NextStep.PutBack back -> Optional.of(back.dueAt());
            case NextStep.Ended _, NextStep.Discarded _ -> Optional.empty();
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
            case NextStep.Ended ended -> ended.reason();
            case NextStep.Again again -> again.reason();
            case NextStep.PutBack back -> back.reason();
            case NextStep.Discarded discarded -> discarded.reason();
        };
    }

    int resends() {
        return next instanceof NextStep.Again again && again.resend() ? 1 : 0;
    }

    @Nullable Timestamp unknownSince() {
        return next instanceof NextStep.Again again
                ? again.unknownSince().map(Timestamp::from).orElse(null)
                : null;
    }

    Optional<ProviderIds> ids() {
        return attempt.outcome() instanceof Outcome.Accepted accepted
                ? accepted.ids()
                : Optional.empty();
    }

    public Optional<ServerReply> reply() {
        return attempt.outcome().serverReply();
    }

    public String words() {
        return reply().map(ServerReply::text).orElseGet(() -> attempt.outcome().detail());
    }
}
