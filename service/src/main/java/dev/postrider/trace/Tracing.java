package dev.postrider.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records spans, while something is traced. Safe for concurrent use. */
final class Tracing {
    /** Ids by chance. */
    static final KnownIds ANY_IDS = new KnownIds(TraceId.getInvalid(), SpanId.getInvalid());

    /** Those of the span that its thread is starting. */
    private static final ScopedValue<KnownIds> NEXT = ScopedValue.newInstance();

    /** Null while nothing is traced. Written by {@link Telemetry}'s start and stop, read by all. */
    private static volatile @Nullable Tracing current;

    private final Tracer tracer;
    private final Sampler sampler;

    Tracing(Tracer tracer, Sampler sampler) {
        this.tracer = tracer;
        this.sampler = sampler;
    }

    static @Nullable Tracing current() {
        return current;
    }

    static void begin(Tracing tracing) {
        current = tracing;
    }

    static void end() {
        current = null;
    }

    /** Ids that a span is to have; an invalid one is chosen by chance. */
    record KnownIds(String trace, String span) {}

    /** Gives spans the ids that are known, and the others theirs by chance. */
    static IdGenerator ids() {
        var random = IdGenerator.random();
        return new IdGenerator() {
            @Override
            public String generateTraceId() {
                var known = NEXT.orElse(ANY_IDS).trace();
                return TraceId.isValid(known) ? known : random.generateTraceId();
            }

            @Override
            public String generateSpanId() {
                var known = NEXT.orElse(ANY_IDS).span();
                return SpanId.isValid(known) ? known : random.generateSpanId();
            }
        };
    }

    static Context in(SpanContext parent) {
        return Context.root().with(Span.wrap(parent));
    }

    boolean isSampled(UUID email) {
        return isSampled(Context.root(), SpanIds.trace(email));
    }

    boolean isSampled(Context parent, String trace) {
        return sampler.shouldSample(
                                parent, trace, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    void record(Context parent, KnownIds ids, SpanKind kind, Step step, List<SpanContext> links) {
        var builder =
                tracer.spanBuilder(step.name())
                        .setParent(parent)
                        .setSpanKind(kind)
                        .setStartTimestamp(step.from())
                        .setAllAttributes(step.facts());
        links.forEach(builder::addLink);
        var span = ScopedValue.where(NEXT, ids).call(builder::startSpan);
        if (step.hasFailed()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(step.to());
    }
}
