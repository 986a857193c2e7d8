package dev.postrider.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One span of an email's trace, known by its computed id before it is recorded and after: parts of
 * it may be recorded first, by another thread or another node.
 */
public final class EmailSpan {
    private final Tracing tracing;
    private final UUID email;
    private final SpanKind kind;
    private final SpanContext itself;
    private final Optional<SpanContext> parent;

    private EmailSpan(
            Tracing tracing,
            UUID email,
            SpanKind kind,
            SpanContext itself,
            Optional<SpanContext> parent) {
        this.tracing = tracing;
        this.email = email;
        this.kind = kind;
        this.itself = itself;
        this.parent = parent;
    }

    static EmailSpan root(Tracing tracing, UUID email, String id) {
        var itself = context(SpanIds.trace(email), id);
        return new EmailSpan(tracing, email, SpanKind.INTERNAL, itself, Optional.empty());
    }

    static EmailSpan child(Tracing tracing, UUID email, SpanKind kind, String id, String parent) {
        var trace = SpanIds.trace(email);
        return new EmailSpan(
                tracing, email, kind, context(trace, id), Optional.of(context(trace, parent)));
    }

    /** Remote: whoever has recorded it may be another process. */
    private static SpanContext context(String trace, String span) {
        return SpanContext.createFromRemoteParent(
                trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** Records it. */
    public void record(Step step) {
        record(step, RequestTrace.NONE);
    }

    /** Records it; the request that it came by and it point to each other. */
    public void record(Step step, RequestTrace request) {
        tracing.record(
                parent.map(Tracing::in).orElseGet(Context::root),
                new Tracing.KnownIds(itself.getTraceId(), itself.getSpanId()),
                kind,
                step.with("postrider.email.id", email.toString()),
                request.took(itself));
    }

    /** Records a part of it. */
    public void part(Step step) {
        part(SpanKind.INTERNAL, step);
    }

    /** Records a part of it that was another machine's. */
    public void call(Step step) {
        part(SpanKind.CLIENT, step);
    }

    private void part(SpanKind of, Step step) {
        tracing.record(Tracing.in(itself), Tracing.ANY_IDS, of, step, List.of());
    }

    /** What tells another program that its work is a part of this (W3C Trace Context, 3.2). */
    public String traceparent() {
        return "00-" + itself.getTraceId() + "-" + itself.getSpanId() + "-01";
    }
}
