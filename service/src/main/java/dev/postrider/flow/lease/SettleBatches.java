package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.Lease;
import dev.postrider.flow.settle.Settle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Settles the batches of a round while it sends on, a few at once: a slow database shall slow
 * sending down (back-pressure).
 */
final class SettleBatches {
    private static final int AT_ONCE = 16;

    private final Lease lease;
    private final Settle settle;
    private final Consumer<Instant> dueAgain;
    private final Consumer<RoundEnd> end;
    private final Semaphore unsettled = new Semaphore(AT_ONCE);

    /**
     * @param dueAgain told when an email that was settled is due again
     * @param end told when a batch can't be settled
     */
    SettleBatches(Lease lease, Settle settle, Consumer<Instant> dueAgain, Consumer<RoundEnd> end) {
        this.lease = lease;
        this.settle = settle;
        this.dueAgain = dueAgain;
        this.end = end;
    }

    void settle(List<Attempt> attempts) {
        settle(attempts, settle::settle);
    }

    /** The same, before this returns where nobody else settles. */
    void settleHere(List<Attempt> attempts) {
        settle(attempts, settle::settleHere);
    }

    private void settle(
            List<Attempt> attempts,
            BiFunction<Lease, List<Attempt>, CompletionStage<Optional<Instant>>> by) {
        if (attempts.isEmpty()) {
            return;
        }
        // what a server has said is written down even by a thread that is to stop
        unsettled.acquireUninterruptibly();
        var _ =
                by.apply(lease, attempts)
                        .whenComplete((again, failure) -> {
                            if (failure != null) {
                                end.accept(new RoundEnd.Failed(new IllegalStateException(failure)));
                            } else {
                                again.ifPresent(dueAgain);
                            }
                            unsettled.release();
                        });
    }

    /** Returns when all that was given until now is settled. */
    void awaitAll() {
        unsettled.acquireUninterruptibly(AT_ONCE);
        unsettled.release(AT_ONCE);
    }
}
