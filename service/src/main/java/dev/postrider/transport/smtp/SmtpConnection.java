package dev.postrider.transport.smtp;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.smtp.Borrowing;
import dev.postrider.smtp.Cause;
import dev.postrider.smtp.Content;
import dev.postrider.smtp.Message;
import dev.postrider.smtp.PooledConnection;
import dev.postrider.smtp.Result;
import dev.postrider.smtp.SendOptions;
import dev.postrider.smtp.Session;
import dev.postrider.transport.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends over one SMTP connection, and over another when that one dies. */
public final class SmtpConnection implements Connection {
    private static final int DEPTH = 4;

    private final SmtpConnections connections;
    private final ReadResult read;
    private PooledConnection connection;

    public SmtpConnection(
            SmtpConnections connections, PooledConnection connection, ReadResult read) {
        this.connections = connections;
        this.connection = connection;
        this.read = read;
    }

    /** What all attempts of one call have in common. */
    private record Call(Lease lease, Instant begunAt, BooleanSupplier holds) {
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

    private record Written(DueEmail email, Message message) {}

    @Override
    public List<Attempt> send(
            Lease lease, List<DueEmail> begun, Instant begunAt, BooleanSupplier holds) {
        var call = new Call(lease, begunAt, holds);
        var attempts = new ArrayList<Attempt>(begun.size());
        var written = new ArrayList<Written>(begun.size());
        for (var email : begun) {
            switch (WriteEnvelope.of(email)) {
                case WriteEnvelope.Written(var envelope) ->
                        written.add(new Written(email, new Message(envelope, content(email))));
                case WriteEnvelope.Flawed(var flaw) ->
                        attempts.add(call.attempt(email, null, new Outcome.Unsendable(flaw)));
            }
        }
        if (!written.isEmpty()) {
            send(call, written, attempts);
        }
        return attempts;
    }

    private Content content(DueEmail email) {
        return switch (email.content()) {
            case dev.postrider.email.Content.InMemory(var octets) -> Content.of(octets);
            case dev.postrider.email.Content.Stored stored ->
                    Content.stream(
                            stored.size(),
                            email.eightBit(),
                            () -> connections.contents().open(stored));
        };
    }

    /**
     * Sends on this connection, and what it lost without having begun it on another, as long as
     * that makes sense: an old connection may have died unnoticed, and servers close one that has
     * brought them many messages.
     */
    private void send(Call call, List<Written> emails, List<Attempt> attempts) {
        var isOld = connection.messages() > 0;
        var session = connection.session();
        var options =
                SendOptions.STANDARD.withDepth(DEPTH).withBegin(_ -> call.holds().getAsBoolean());
        var results = connection.send(emails.stream().map(Written::message).toList(), options);
        var lost = new ArrayList<Written>();
        var lostTo = new ArrayList<Attempt>();
        for (var i = 0; i < emails.size(); i++) {
            if (isWithdrawn(results.get(i))) {
                continue;
            }
            var email = emails.get(i).email();
            var attempt = call.attempt(email, session, read.of(email, results.get(i)));
            if (attempt.outcome() instanceof Outcome.Unreachable) {
                lost.add(emails.get(i));
                lostTo.add(attempt);
            } else {
                attempts.add(attempt);
            }
        }
        if (lost.isEmpty()
                || connection.isUsable()
                || (!isOld && lost.size() == emails.size())
                || !call.holds().getAsBoolean()) {
            attempts.addAll(lostTo);
            return;
        }
        connection.close();
        switch (connections.borrow()) {
            case Borrowing.Borrowed(var another) -> {
                connection = another;
                send(call, lost, attempts);
            }
            case Borrowing.Failed(var failed) ->
                    lost.forEach(each ->
                            attempts.add(call.attempt(each.email(), null, read.of(failed))));
            case Borrowing.Busy(), Borrowing.Closed() -> attempts.addAll(lostTo);
        }
    }

    /** The lease has ended: the lane's next holder says what becomes of it. */
    private static boolean isWithdrawn(Result result) {
        return result instanceof Result.NotBegun(Cause.Withdrawn _, _);
    }

    @Override
    public void close() {
        connection.close();
    }
}
