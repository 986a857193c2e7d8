package dev.postrider.trace;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The trace of one email, whose id is the email's. For emails that are traced; safe to share. */
public final class EmailTrace {
    private final Tracing tracing;
    private final UUID email;

    private EmailTrace(Tracing tracing, UUID email) {
        this.tracing = tracing;
        this.email = email;
    }

    /** Whether any email may be traced. */
    public static boolean isOn() {
        return Tracing.current() != null;
    }

    /** Empty when nothing is traced, or this email isn't: each node says the same of it. */
    public static Optional<EmailTrace> of(UUID email) {
        var tracing = Tracing.current();
        return tracing != null && tracing.isSampled(email)
                ? Optional.of(new EmailTrace(tracing, email))
                : Optional.empty();
    }

    /** Its taking, of which all else is a part. */
    public EmailSpan accept() {
        return EmailSpan.root(tracing, email, SpanIds.accept(email));
    }

    /**
     * An attempt to send it.
     *
     * @param epoch of the lease that it was begun under
     * @param begunAt when it was marked begun; known to the millisecond by whoever finds it later
     */
    public EmailSpan attempt(long epoch, Instant begunAt) {
        return part(SpanKind.CLIENT, SpanIds.attempt(email, epoch, begunAt));
    }

    /**
     * A call that tells a webhook of it.
     *
     * @param attempt the number of the call, from 1
     */
    public EmailSpan webhook(UUID webhook, UUID event, int attempt) {
        return part(SpanKind.CLIENT, SpanIds.webhook(email, webhook, event, attempt));
    }

    private EmailSpan part(SpanKind kind, String id) {
        return EmailSpan.child(tracing, email, kind, id, SpanIds.accept(email));
    }
}
