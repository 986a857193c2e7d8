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
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.Message;
import dev.postrider.smtp.Opening;
import dev.postrider.smtp.Recipient;
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
        var reused = connection != null && connection.isUsable();
        return switch (open()) {
            case Opening.Failed failed -> unsent(lease, due, read.of(failed));
            case Opening.Open(var open) -> {
                var sent = send(lease, begin.begin(due), open, begin);
                yield reused ? repeated(lease, sent, begin) : sent;
            }
        };
    }

    /** An old connection may have died unnoticed; what it didn't begin goes out on a new one. */
    private List<Attempt> repeated(Lease lease, List<Attempt> sent, Begin begin) {
        var lost = sent.stream().filter(SmtpCarrier::isUnreachable).map(Attempt::email).toList();
        if (lost.isEmpty() || (connection != null && connection.isUsable())) {
            return sent;
        }
        var attempts = new ArrayList<>(sent);
        attempts.removeIf(SmtpCarrier::isUnreachable);
        attempts.addAll(
                switch (open()) {
                    case Opening.Failed failed -> begunUnsent(lease, lost, read.of(failed));
                    case Opening.Open(var open) -> send(lease, lost, open, begin);
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

    private List<Attempt> send(Lease lease, List<DueEmail> begun, Connection open, Begin begin) {
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
        var recipients =
                email.recipients().stream()
                        .map(recipient -> Recipient.of(recipient.address()))
                        .toList();
        return new Message(
                new Envelope(email.sender(), recipients, email.smtpUtf8(), false, null, null),
                Content.of(email.content().octets()));
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
