package dev.postrider.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Locale;

/**
 * A share of all traces, by their ids alone, so that all nodes choose the same ones and a smaller
 * share is a part of a larger one.
 *
 * <p>The SDK's own sampler takes the last 64 bits of a trace's id for a random number. Those of a
 * UUIDv7 begin with the variant, {@code 10} (RFC 9562, 4.1): by that sampler no email is among a
 * share of half or less. And ids of one millisecond follow one another. So the id is mixed first.
 */
final class SampleByTraceId implements Sampler {
    private final double share;

    /** The largest number, of those from 0 to {@code Long.MAX_VALUE}, that is sampled. */
    private final long most;

    /**
     * @param share from 0, none, to 1, all
     */
    SampleByTraceId(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("no share of all: " + share);
        }
        this.share = share;
        this.most = share == 0 ? -1 : (long) (share * Long.MAX_VALUE);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> links) {
        return isSampled(traceId) ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    /**
     * @param traceId 32 hexadecimal digits
     */
    boolean isSampled(String traceId) {
        var high = Long.parseUnsignedLong(traceId, 0, 16, 16);
        var low = Long.parseUnsignedLong(traceId, 16, 32, 16);
        return SpanIds.mix(high, low) >>> 1 <= most;
    }

    @Override
    public String getDescription() {
        return String.format(Locale.ROOT, "SampleByTraceId{%.6f}", share);
    }
}
