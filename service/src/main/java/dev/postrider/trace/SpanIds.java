package dev.postrider.trace;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids that are computed and not stored: 64 well-mixed bits of what a span is about, so that two of
 * one email don't meet.
 */
final class SpanIds {
    private static final long ACCEPT = 1;
    private static final long ATTEMPT = 2;
    private static final long WEBHOOK = 3;

    private SpanIds() {}

    /** All 16 octets of the email's id, in their order: the same digits without the hyphens. */
    static String trace(UUID email) {
        return TraceId.fromLongs(email.getMostSignificantBits(), email.getLeastSignificantBits());
    }

    static String accept(UUID email) {
        return id(mix(email, ACCEPT));
    }

    static String attempt(UUID email, long epoch, Instant begunAt) {
        return id(mix(mix(mix(email, ATTEMPT), epoch), begunAt.toEpochMilli()));
    }

    static String webhook(UUID email, UUID webhook, UUID event, int attempt) {
        var about = mix(webhook, mix(event, mix(email, WEBHOOK)));
        return id(mix(about, attempt));
    }

    /** One of 2^64 ids is none (W3C Trace Context, 3.2.2.4). */
    private static String id(long bits) {
        return SpanId.fromLong(bits == 0 ? 1 : bits);
    }

    private static long mix(UUID id, long with) {
        return mix(mix(id.getMostSignificantBits(), id.getLeastSignificantBits()), with);
    }

    /** Each bit of both changes about half of the result's (the finalizer of SplitMix64). */
    static long mix(long first, long second) {
        var z = (first * 31 + second) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
