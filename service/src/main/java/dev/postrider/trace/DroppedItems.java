package dev.postrider.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;

/** Reads what the SDK's queues count about themselves, when somebody asks. */
final class DroppedItems implements MetricReader {
    static final String SPANS = "processedSpans";
    static final String LOGS = "processedLogs";

    private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");

    /** Written by the SDK's start, read by whoever reads metrics. */
    private volatile CollectionRegistration queues = CollectionRegistration.noop();

    /** How many of them a queue had no room for, since the SDK's start. */
    long count(String processed) {
        return queues.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(processed))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .filter(point -> Boolean.TRUE.equals(point.getAttributes().get(DROPPED)))
                .mapToLong(point -> point.getValue())
                .sum();
    }

    @Override
    public void register(CollectionRegistration registration) {
        queues = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
