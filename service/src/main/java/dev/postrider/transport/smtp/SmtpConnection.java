package dev.postrider.transport.smtp;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.smtp.pool.Borrowing;
import dev.postrider.smtp.pool.PooledConnection;
import dev.postrider.smtp.send.Cause;
import dev.postrider.smtp.send.OnReply;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.send.SendOptions;
import dev.postrider.smtp.server.Session;
import dev.postrider.transport.Connection;
import dev.postrider.transport.smtp.reply.InterpretResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends over one SMTP connection, and over another when that one ends. */
public final class SmtpConnection implements Connection {
    private static final int DEPTH = 4;

    private final SmtpConnections connections;
    private final InterpretResult read;
    private PooledConnection connection;

    SmtpConnection(SmtpConnections connections, PooledConnection connection, InterpretResult read) {
        this.connections = connections;
        this.connection = connection;
        this.read = read;
    }

    /** What all attempts of one call have in common. */
    private record Call(
            Lease lease, Instant begunAt, BooleanSupplier holds, Consumer<Attempt> ended) {
        void end(DueEmail email, @Nullable Session session, Outcome outcome) {
            ended.accept(attempt(email, session, outcome));
        }

        Attempt attempt(DueEmail email, @Nullable Session session, Outcome outcome) {
            var over = Optional.ofNullable(session);
            return new Attempt(
                    email,
                    lease.epoch(),
                    true,
                    begunAt,
                    over.map(Call::server),
                    over.flatMap(each -> Optional.ofNullable(each.tls()))
                            .map(tls -> tls.version() + " " + tls.cipher()),
                    outcome);
        }

        private static String server(Session session) {
            return session.server().host()
                    + ":"
                    + session.server().port()
                    + " ("
                    + session.address().getHostAddress()
                    + ")";
        }
    }

    @Override
    public void send(
            Lease lease,
            List<DueEmail> begun,
            Instant begunAt,
            BooleanSupplier holds,
            Consumer<Attempt> ended) {
        var call = new Call(lease, begunAt, holds, ended);
        var open = begun.stream().map(InFlightEmail::of).toList();
        while (!open.isEmpty()) {
            if (!connection.isUsable() && !reconnect()) {
                notSent(call, open, "The connection to the server ended before its turn.");
                return;
            }
            if (!holds.getAsBoolean()) {
                notSent(call, open, "The lease ended before its turn.");
                return;
            }
            open = attempt(call, open);
        }
    }

    private static void notSent(Call call, List<InFlightEmail> open, String why) {
        open.forEach(each -> call.end(each.email(), null, new Outcome.NotSent(why)));
    }

    /** Returns the emails that another connection is to take. */
    private List<InFlightEmail> attempt(Call call, List<InFlightEmail> emails) {
        var session = connection.session();
        var isFresh = connection.messages() == 0;
        var isProgress = !isFresh;
        var ready = new ArrayList<InFlightEmail.Ready>(emails.size());
        for (var each : emails) {
            switch (each.prepare(session.capabilities(), connections.contents())) {
                case InFlightEmail.Ready one -> ready.add(one);
                case InFlightEmail.Decided(var outcome) -> call.end(each.email(), null, outcome);
            }
        }
        if (ready.isEmpty()) {
            return List.of();
        }
        var trace =
                TraceReplies.of(
                        ready.stream().map(each -> each.email().email()).toList(),
                        call.lease().epoch(),
                        call.begunAt(),
                        session);
        var options =
                SendOptions.STANDARD
                        .withDepth(DEPTH)
                        .withOnReply(trace.<OnReply>map(each -> each).orElse(OnReply.NOBODY))
                        .withBegin(_ -> call.holds().getAsBoolean())
                        .withOnResult((index, result) -> {
                            if (!mayGoOn(result)) {
                                var email = ready.get(index).email();
                                call.end(email.email(), session, outcome(email, result, session));
                            }
                        });
        var results =
                connection.send(ready.stream().map(InFlightEmail.Ready::message).toList(), options);
        trace.ifPresent(TraceReplies::end);
        var again = new ArrayList<InFlightEmail>();
        var unsent = new ArrayList<Attempt>();
        for (var i = 0; i < ready.size(); i++) {
            var email = ready.get(i).email();
            if (results.get(i) instanceof Result.NotBegun(var cause, var refused)
                    && isPassing(cause)) {
                again.add(email.refused(read.turnedAway(email.open(), refused, false)));
                unsent.add(
                        call.attempt(
                                email.email(), session, outcome(email, results.get(i), session)));
                isProgress |= !refused.isEmpty() || mayHelp(cause);
            } else {
                isProgress = true;
            }
        }
        if (isProgress) {
            return again;
        }
        // The server does so to each connection: that is an attempt, and the next one waits.
        unsent.forEach(call.ended());
        return List.of();
    }

    /** Whether another connection may do what this one hasn't. */
    private static boolean mayGoOn(Result result) {
        return result instanceof Result.NotBegun(var cause, _) && isPassing(cause);
    }

    private Outcome outcome(InFlightEmail email, Result result, Session session) {
        var loginMissing =
                session.mechanism() == null && !session.capabilities().mechanisms().isEmpty();
        return email.combine(read.of(email.open(), result, loginMissing));
    }

    /** Whether it is about the connection, so that another one may do. */
    private static boolean isPassing(Cause cause) {
        return switch (cause) {
            case Cause.Lost _,
                    Cause.Closing _,
                    Cause.Broken _,
                    Cause.Worn _,
                    Cause.Misannounced _ ->
                    true;
            case Cause.Withdrawn _, Cause.Unsupported _, Cause.TooLarge _, Cause.ContentFailed _ ->
                    false;
        };
    }

    /** Whether another connection will be used in another way. */
    private static boolean mayHelp(Cause cause) {
        return cause instanceof Cause.Misannounced || cause instanceof Cause.Worn;
    }

    private boolean reconnect() {
        connection.close();
        return switch (connections.borrow()) {
            case Borrowing.Borrowed(var another) -> {
                connection = another;
                yield true;
            }
            case Borrowing.Failed _, Borrowing.Busy _, Borrowing.Closed _ -> false;
        };
    }

    @Override
    public boolean isUsable() {
        return connection.isUsable() && !connection.isWanted();
    }

    @Override
    public void close() {
        connection.close();
    }
}
