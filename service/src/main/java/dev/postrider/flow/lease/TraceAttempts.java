package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.trace.EmailTrace;
import dev.postrider.trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Adds attempts to the traces of their emails. What is known of an email here ends with it. */
final class TraceAttempts {
    /** As an attempt names its server: host, port, address. */
    private static final Pattern SERVER = Pattern.compile("(.+):([0-9]{1,5}) \\((.+)\\)");

    private static final Pattern TLS = Pattern.compile("TLSv([0-9.]+) (.+)");

    private TraceAttempts() {}

    /** They were marked begun together, which is over now. */
    static void taken(Lease lease, List<DueEmail> emails, Instant begunAt) {
        if (!EmailTrace.isOn()) {
            return;
        }
        var now = Instant.now();
        for (var email : emails) {
            EmailTrace.of(email.key().id())
                    .map(trace -> trace.attempt(lease.epoch(), begunAt))
                    .ifPresent(span ->
                            span.part(
                                    Step.of("lease", begunAt, now)
                                            .with("postrider.lease.epoch", lease.epoch())
                                            .with("messaging.batch.message_count", emails.size())));
        }
    }

    /** These have ended now. */
    static List<Attempt> ended(List<Attempt> attempts) {
        if (EmailTrace.isOn()) {
            attempts.forEach(TraceAttempts::ended);
        }
        return attempts;
    }

    /** It has ended now. */
    static void ended(Attempt attempt) {
        EmailTrace.of(attempt.email().key().id())
                .map(trace -> trace.attempt(attempt.epoch(), attempt.begunAt()))
                .ifPresent(span -> span.record(step(attempt)));
    }

    private static Step step(Attempt attempt) {
        var email = attempt.email();
        var outcome = attempt.outcome();
        var step =
                Step.of("attempt", attempt.begunAt(), Instant.now())
                        .with("postrider.mailbox.id", email.lane().mailboxId().toString())
                        .with("postrider.attempt", email.attempts() + 1)
                        .with("postrider.lease.epoch", attempt.epoch())
                        .with("postrider.recipients", email.recipients().size())
                        .with("postrider.outcome", outcome.text());
        attempt.server()
                .map(SERVER::matcher)
                .filter(m -> m.matches())
                .ifPresent(server ->
                        step.with("server.address", server.group(1))
                                .with("server.port", Long.parseLong(server.group(2)))
                                .with("network.peer.address", server.group(3)));
        attempt.tls()
                .map(TLS::matcher)
                .filter(m -> m.matches())
                .ifPresent(tls ->
                        step.with("tls.protocol.version", tls.group(1))
                                .with("tls.cipher", tls.group(2)));
        outcome.serverReply()
                .ifPresent(reply ->
                        step.with("postrider.reply.code", reply.code())
                                .with("postrider.reply.enhanced_code", reply.enhanced()));
        return outcome instanceof Outcome.Accepted ? step : step.failed(outcome.text());
    }
}
