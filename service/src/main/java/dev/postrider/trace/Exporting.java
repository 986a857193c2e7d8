package dev.postrider.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** OpenTelemetry's SDK, from its start to its stop. */
final class Exporting {
    private static final String SCOPE = "dev.postrider";
    private static final String SERVICE_NAME = "service.name";

    private final OpenTelemetrySdk sdk;
    private final ExportLogs logs;

    private Exporting(OpenTelemetrySdk sdk, ExportLogs logs) {
        this.sdk = sdk;
        this.logs = logs;
    }

    /**
     * Exports from now on.
     *
     * @throws ConfigurationException when the settings can't be used
     */
    static Exporting start(TelemetrySettings settings) {
        var dropped = new DroppedItems();
        var sdk =
                AutoConfiguredOpenTelemetrySdk.builder()
                        .disableShutdownHook()
                        .addPropertiesSupplier(settings::standard)
                        .addPropertiesCustomizer(_ -> settings.fixed())
                        .addPropertiesCustomizer(Exporting::refuseGrpc)
                        .addResourceCustomizer((given, _) -> resource(settings, given))
                        .addTracerProviderCustomizer(
                                (tracer, _) -> tracer.setIdGenerator(Tracing.ids()))
                        .addSamplerCustomizer(Exporting::sampler)
                        .addMeterProviderCustomizer(
                                (meter, _) -> meter.registerMetricReader(dropped))
                        .addSpanExporterCustomizer((exporter, _) -> new CountSpans(exporter))
                        .addLogRecordExporterCustomizer((exporter, _) -> new CountLogs(exporter))
                        .build()
                        .getOpenTelemetrySdk();
        ExportCounts.SPANS.dropped(() -> dropped.count(DroppedItems.SPANS));
        ExportCounts.LOGS.dropped(() -> dropped.count(DroppedItems.LOGS));
        var tracers = sdk.getSdkTracerProvider();
        Tracing.begin(new Tracing(tracers.get(SCOPE), tracers.getSampler()));
        var logs = new ExportLogs(sdk.getSdkLoggerProvider());
        Logger.getLogger("").addHandler(logs);
        return new Exporting(sdk, logs);
    }

    /** Better said so than by the SDK, which would look for a library. */
    private static Map<String, String> refuseGrpc(ConfigProperties settings) {
        for (var signal : List.of("", "traces.", "logs.")) {
            var setting = "otel.exporter.otlp." + signal + "protocol";
            if ("grpc".equals(settings.getString(setting))) {
                throw new ConfigurationException(
                        setting.toUpperCase(Locale.ROOT).replace('.', '_')
                                + " is grpc: set it to http/protobuf, which collectors take at"
                                + " another port, mostly 4318.");
            }
        }
        return Map.of();
    }

    /** What the operator calls the service, or gives it beside its name, is theirs to say. */
    private static Resource resource(TelemetrySettings settings, Resource given) {
        var ours = Attributes.builder();
        settings.resource().forEach(ours::put);
        var isNamed =
                given.getAttributes().asMap().entrySet().stream()
                        .anyMatch(each ->
                                each.getKey().getKey().equals(SERVICE_NAME)
                                        && !each.getValue().toString().startsWith("unknown"));
        var base = Resource.create(ours.build());
        return isNamed
                ? base.merge(given)
                : base.merge(given)
                        .merge(
                                Resource.create(
                                        Attributes.builder()
                                                .put(SERVICE_NAME, "postrider")
                                                .build()));
    }

    /** The SDK's own share of traces isn't one of emails: see {@link SampleByTraceId}. */
    private static Sampler sampler(Sampler given, ConfigProperties settings) {
        var share = settings.getDouble("otel.traces.sampler.arg", 1);
        return switch (settings.getString("otel.traces.sampler", "")) {
            case "traceidratio" -> new SampleByTraceId(share);
            case "parentbased_traceidratio" -> Sampler.parentBased(new SampleByTraceId(share));
            default -> given;
        };
    }

    /** Sends what waits, and waits for it no longer than that. */
    void stop(Duration atMost) {
        Tracing.end();
        Logger.getLogger("").removeHandler(logs);
        sdk.shutdown().join(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
