package dev.postrider.transport.api;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.trace.EmailTrace;
import dev.postrider.transport.Connection;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sends through an API, one call after the other over a connection that is kept. */
final class ApiConnection implements Connection {
    private final ApiConnections connections;
    private final ApiCalls calls;
    private final HandOver handOver;
    private final FindSent find;
    private boolean isUsable = true;

    ApiConnection(ApiConnections connections, ApiCalls calls, HandOver handOver, FindSent find) {
        this.connections = connections;
        this.calls = calls;
        this.handOver = handOver;
        this.find = find;
    }

    @Override
    public void send(
            Lease lease,
            List<DueEmail> begun,
            Instant begunAt,
            BooleanSupplier holds,
            Consumer<Attempt> ended) {
        var known = find.of(begun);
        for (var email : begun) {
            var outcome = known.get(email.key().id());
            if (outcome == null) {
                calls.trace(traceOf(email, lease, begunAt));
                outcome = send(email, holds);
                calls.trace(TraceCalls.NONE);
            }
            ended.accept(
                    new Attempt(
                            email,
                            lease.epoch(),
                            true,
                            begunAt,
                            calls.session().server(),
                            calls.session().tls(),
                            outcome));
            isUsable &= goesOn(outcome);
        }
    }

    private static TraceCalls traceOf(DueEmail email, Lease lease, Instant begunAt) {
        return new TraceCalls(
                EmailTrace.of(email.key().id())
                        .map(trace -> trace.attempt(lease.epoch(), begunAt)));
    }

    private Outcome send(DueEmail email, BooleanSupplier holds) {
        if (!isUsable) {
            return new Outcome.NotSent("The attempt before it ended the connection.");
        }
        return holds.getAsBoolean()
                ? handOver.send(email, holds)
                : new Outcome.NotSent("The lease ended before its turn.");
    }

    /** Whether the next one fares otherwise. */
    private static boolean goesOn(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Throttled _,
                    Outcome.LoginRefused _,
                    Outcome.Unreachable _,
                    Outcome.Broken _ ->
                    false;
            case Outcome.Accepted _,
                    Outcome.Deferred _,
                    Outcome.Refused _,
                    Outcome.Unsendable _,
                    Outcome.NotSent _,
                    Outcome.Unknown _,
                    Outcome.StillUnknown _ ->
                    true;
        };
    }

    @Override
    public boolean isUsable() {
        return isUsable;
    }

    @Override
    public void close() {
        if (isUsable) {
            connections.giveBack(calls);
        } else {
            calls.close();
            connections.lost();
        }
    }
}
