package dev.postrider.flow.settle;

import dev.postrider.flow.store.Settlement;
import dev.postrider.trace.EmailTrace;
import dev.postrider.trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds what became of attempts to the traces of their emails. */
final class TraceSettling {
    private TraceSettling() {}

    /**
     * They were settled together, which is over now.
     *
     * @param asked what was to be written
     * @param settled what is written, by its email
     */
    static void settled(List<Settlement> asked, Map<UUID, Settlement> settled, Instant begun) {
        if (!EmailTrace.isOn()) {
            return;
        }
        var now = Instant.now();
        for (var one : asked) {
            EmailTrace.of(one.email())
                    .map(trace -> trace.attempt(one.attempt().epoch(), one.attempt().begunAt()))
                    .ifPresent(span ->
                            span.part(
                                    step(settled.get(one.email()), begun, now)
                                            .with("postrider.lease.epoch", one.leaseEpoch())
                                            .with("messaging.batch.message_count", asked.size())));
        }
    }

    /** Not written: the lease has ended, or the email was canceled meanwhile. */
    private static Step step(@Nullable Settlement settled, Instant begun, Instant now) {
        var step = Step.of("settle", begun, now);
        return settled == null
                ? step.failed("lease_ended")
                : step.with(
                                "postrider.state",
                                settled.isKept() ? settled.state().text() : "not kept")
                        .with("postrider.due_at", settled.againAt().map(Instant::toString));
    }
}
