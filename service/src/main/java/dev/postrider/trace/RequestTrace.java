package dev.postrider.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A request that takes emails, in its caller's trace. It is a span of that trace if its caller
 * records it; it and each email that it takes point to each other. What a caller says decides
 * nothing about the emails' traces. Safe for concurrent use.
 */
public final class RequestTrace {
    /** A request whose caller has no trace, or that nobody traces. */
    public static final RequestTrace NONE = new RequestTrace(Optional.empty());

    private static final String HEADER = "traceparent";

    private static final TextMapGetter<String> THE_HEADER =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(String value) {
                    return List.of(HEADER);
                }

                @Override
                public @Nullable String get(@Nullable String value, String key) {
                    return key.equals(HEADER) ? value : null;
                }
            };

    private final Optional<Joined> joined;
    private final List<SpanContext> emails = new CopyOnWriteArrayList<>();

    /**
     * The caller's trace.
     *
     * @param parent the caller's span
     * @param itself this request's, if it is recorded
     */
    private record Joined(
            Tracing tracing, SpanContext parent, Optional<SpanContext> itself, Instant begun) {}

    private RequestTrace(Optional<Joined> joined) {
        this.joined = joined;
    }

    /**
     * A request that begins now.
     *
     * @param headers its values of {@code traceparent}; all but a single good one count as none
     */
    public static RequestTrace begin(List<String> headers) {
        var tracing = Tracing.current();
        if (tracing == null || headers.size() != 1) {
            return NONE;
        }
        var caller =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), headers.getFirst(), THE_HEADER);
        var parent = Span.fromContext(caller).getSpanContext();
        if (!parent.isValid()) {
            return NONE;
        }
        var isRecorded = parent.isSampled() && tracing.isSampled(caller, parent.getTraceId());
        var itself =
                isRecorded
                        ? Optional.of(
                                SpanContext.create(
                                        parent.getTraceId(),
                                        IdGenerator.random().generateSpanId(),
                                        parent.getTraceFlags(),
                                        parent.getTraceState()))
                        : Optional.<SpanContext>empty();
        return new RequestTrace(Optional.of(new Joined(tracing, parent, itself, Instant.now())));
    }

    /** An email was taken by it; what that points to. */
    List<SpanContext> took(SpanContext email) {
        if (joined.isEmpty()) {
            return List.of();
        }
        emails.add(email);
        return List.of(joined.get().itself().orElse(joined.get().parent()));
    }

    /**
     * It was answered.
     *
     * @param path one of few
     */
    public void end(String method, String path, int status) {
        joined.filter(each -> each.itself().isPresent())
                .ifPresent(each -> record(each, method, path, status));
    }

    private void record(Joined in, String method, String path, int status) {
        var step =
                Step.of(method + " " + path, in.begun(), Instant.now())
                        .with("http.request.method", method)
                        .with("http.route", path)
                        .with("http.response.status_code", status);
        var itself = in.itself().orElseThrow();
        in.tracing()
                .record(
                        Tracing.in(in.parent()),
                        new Tracing.KnownIds(itself.getTraceId(), itself.getSpanId()),
                        SpanKind.SERVER,
                        status >= 500 ? step.failed(String.valueOf(status)) : step,
                        List.copyOf(emails));
    }
}
