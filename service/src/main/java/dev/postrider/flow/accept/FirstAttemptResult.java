package dev.postrider.flow.accept;

import dev.postrider.flow.store.FirstAttemptProgress.Progress;
import dev.postrider.flow.store.FirstAttemptProgress.Rest;
import java.time.Duration;
import java.util.UUID;

/** What the first attempt of an email came to, for a caller who waited for it. */
public sealed interface FirstAttemptResult {
    /** The mailbox's server took it. */
    record Sent(UUID id) implements FirstAttemptResult {}

    /** It is kept, and will be sent. */
    record Queued(UUID id, Why why) implements FirstAttemptResult {}

    /** It isn't kept, or will never be sent, or nobody can say. */
    record Rejected(Rejection why) implements FirstAttemptResult {}

    /** Why it wasn't sent at once. */
    sealed interface Why {
        /** The mailbox has reached a limit, or its server is away. */
        record Rests(Rest rest) implements Why {}

        /** Nothing was heard for so long. */
        record NoAnswer(Duration waited) implements Why {}

        /**
         * A passing trouble.
         *
         * @param reason what the attempt says
         */
        record Trouble(String reason) implements Why {}
    }

    /** For an email that is still there. */
    static FirstAttemptResult of(UUID id, FirstAttempts.Ended ended) {
        return switch (ended) {
            case FirstAttempts.Ended.Made(var progress) -> of(id, progress);
            case FirstAttempts.Ended.Resting(var rest) -> new Queued(id, new Why.Rests(rest));
            case FirstAttempts.Ended.StillWaiting(var waited) ->
                    new Queued(id, new Why.NoAnswer(waited));
            case FirstAttempts.Ended.ProgramEnds() ->
                    new Queued(
                            id,
                            new Why.Trouble(
                                    "The server was asked to stop before its turn came. It stays"
                                            + " queued and will be sent."));
            case FirstAttempts.Ended.Unheard() -> new Rejected(new Rejection.Unheard(id));
            case FirstAttempts.Ended.NotKept _ ->
                    throw new IllegalStateException(id + " isn't kept");
        };
    }

    private static FirstAttemptResult of(UUID id, Progress progress) {
        return switch (progress.state()) {
            case SENT -> new Sent(id);
            case REFUSED ->
                    new Rejected(
                            new Rejection.Refused(
                                    id,
                                    progress.outcome().equals("recipients_refused"),
                                    progress.reason()));
            case FAILED -> new Rejected(new Rejection.Failed(id, progress.reason()));
            case SCHEDULED, QUEUED, SENDING, UNKNOWN, CANCELED ->
                    new Queued(id, new Why.Trouble(progress.reason()));
        };
    }
}
