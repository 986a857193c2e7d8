package dev.postrider.flow.send;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.smtp.Cause;
import dev.postrider.smtp.Connection;
import dev.postrider.smtp.Connector;
import dev.postrider.smtp.Content;
import dev.postrider.smtp.Credentials;
import dev.postrider.smtp.Message;
import dev.postrider.smtp.Opening;
import dev.postrider.smtp.Result;
import dev.postrider.smtp.SendOptions;
import dev.postrider.smtp.Server;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries over SMTP, on a connection that is kept for as long as the lane is served. */
final class SmtpCarrier implements Carrier {
    private static final int DEPTH = 4;

    private final Connector connector;
    private final Server server;
    private final Credentials credentials;
    private final ReadResult read;
    private final InstantSource clock;
    private @Nullable Connection connection;

    SmtpCarrier(
            Connector connector,
            Server server,
            Credentials credentials,
            ReadResult read,
            InstantSource clock) {
        this.connector = connector;
        this.server = server;
        this.credentials = credentials;
        this.read = read;
        this.clock = clock;
    }

    @Override
    public List<Attempt> carry(Lease lease, List<DueEmail> due, Begin begin) {
        var attempts = new ArrayList<Attempt>();
        var sendable = new ArrayList<DueEmail>();
        for (var email : due) {
            switch (Written.of(email)) {
                case Written.InSmtp _ -> sendable.add(email);
                case Written.Flawed(var flaw) ->
                        attempts.addAll(
                                unsent(lease, List.of(email), new Outcome.Unsendable(flaw)));
            }
        }
        if (!sendable.isEmpty()) {
            attempts.addAll(carrySendable(lease, sendable, begin));
        }
        return attempts;
    }

    private List<Attempt> carrySendable(Lease lease, List<DueEmail> due, Begin begin) {
        var reused = connection != null && connection.isUsable();
        return switch (open()) {
            case Opening.Failed failed -> unsent(lease, due, read.of(failed));
            case Opening.Open(var open) -> send(lease, begin.begin(due), open, begin, reused);
        };
    }

    /**
     * Sends on this connection, and what it lost without having begun it on another, as long as
     * that makes sense: an old connection may have died unnoticed, and servers close one that has
     * brought them many messages.
     */
    private List<Attempt> send(
            Lease lease, List<DueEmail> begun, Connection open, Begin begin, boolean reused) {
        var sent = sendOn(lease, begun, open, begin);
        var lost = sent.stream().filter(SmtpCarrier::isUnreachable).map(Attempt::email).toList();
        if (lost.isEmpty() || open.isUsable() || (!reused && lost.size() == sent.size())) {
            return sent;
        }
        var attempts = new ArrayList<>(sent);
        attempts.removeIf(SmtpCarrier::isUnreachable);
        attempts.addAll(
                switch (open()) {
                    case Opening.Failed failed -> begunUnsent(lease, lost, read.of(failed));
                    case Opening.Open(var another) -> send(lease, lost, another, begin, false);
                });
        return attempts;
    }

    private static boolean isUnreachable(Attempt attempt) {
        return attempt.outcome() instanceof Outcome.Unreachable;
    }

    private Opening open() {
        if (connection != null && connection.isUsable()) {
            return new Opening.Open(connection);
        }
        close();
        var opening = connector.open(server, credentials);
        if (opening instanceof Opening.Open(var open)) {
            connection = open;
        }
        return opening;
    }

    private List<Attempt> unsent(Lease lease, List<DueEmail> due, Outcome outcome) {
        var now = clock.instant();
        return due.stream().map(email -> attempt(lease, email, false, now, null, outcome)).toList();
    }

    private List<Attempt> begunUnsent(Lease lease, List<DueEmail> begun, Outcome outcome) {
        var now = clock.instant();
        return begun.stream()
                .map(email -> attempt(lease, email, true, now, null, outcome))
                .toList();
    }

    private List<Attempt> sendOn(Lease lease, List<DueEmail> begun, Connection open, Begin begin) {
        var begunAt = clock.instant();
        var options = SendOptions.STANDARD.withDepth(DEPTH).withBegin(message -> begin.holds());
        var results = open.send(begun.stream().map(SmtpCarrier::message).toList(), options);
        var attempts = new ArrayList<Attempt>(begun.size());
        for (var i = 0; i < begun.size(); i++) {
            if (!withdrawn(results.get(i))) {
                attempts.add(
                        attempt(
                                lease,
                                begun.get(i),
                                true,
                                begunAt,
                                open,
                                read.of(begun.get(i), results.get(i))));
            }
        }
        return attempts;
    }

    /** The lease has ended: the lane's next holder says what becomes of it. */
    private static boolean withdrawn(Result result) {
        return result instanceof Result.NotBegun(Cause.Withdrawn _);
    }

    private static Message message(DueEmail email) {
        return switch (Written.of(email)) {
            case Written.InSmtp(var envelope) ->
                    new Message(envelope, Content.of(email.content().octets()));
            case Written.Flawed(var flaw) -> throw new IllegalStateException(flaw);
        };
    }

    private static Attempt attempt(
            Lease lease,
            DueEmail email,
            boolean begun,
            Instant at,
            @Nullable Connection over,
            Outcome outcome) {
        var session = Optional.ofNullable(over).map(Connection::session);
        return new Attempt(
                email,
                lease.epoch(),
                begun,
                at,
                session.map(each ->
                        each.server().host()
                                + ":"
                                + each.server().port()
                                + " ("
                                + each.address().getHostAddress()
                                + ")"),
                session.flatMap(each -> Optional.ofNullable(each.tls()))
                        .map(tls -> tls.version() + " " + tls.cipher()),
                outcome);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
