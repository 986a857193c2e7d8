package dev.postrider.boot;

import dev.postrider.trace.TelemetrySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads whether traces and logs are exported, and where to. Beside our own variables these are
 * OpenTelemetry's, most of which its SDK reads by itself; here it is told what holds without them.
 */
record ReadTelemetry(Variables given) {
    private static final Pattern HTTP = Pattern.compile("https?");
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String LOGS_ENDPOINT = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";

    /**
     * @param node this node's name
     * @throws CannotStart saying what is wrong with one of our own; of what concerns every program
     *     of a cluster the SDK complains by itself, and mail is sent all the same
     */
    TelemetrySettings read(String node) {
        var endpoint = given.text(Variable.OTLP_ENDPOINT).map(ReadTelemetry::endpoint);
        var share = share();
        var isForAll = endpoint.isPresent() || given.standard(ENDPOINT).isPresent();
        var hasTraces = isForAll || given.standard(TRACES_ENDPOINT).isPresent();
        var hasLogs = isForAll || given.standard(LOGS_ENDPOINT).isPresent();
        if (!(hasTraces || hasLogs) || isDisabled()) {
            return TelemetrySettings.OFF;
        }
        var fixed = new HashMap<String, String>();
        endpoint.ifPresent(each -> fixed.put("otel.exporter.otlp.endpoint", each));
        share.ifPresent(each -> {
            fixed.put("otel.traces.sampler", "parentbased_traceidratio");
            fixed.put("otel.traces.sampler.arg", each);
        });
        var version = ProgramVersion.read().version();
        return new TelemetrySettings(
                true,
                fixed,
                Map.of(
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.traces.exporter", hasTraces ? "otlp" : "none",
                        "otel.logs.exporter", hasLogs ? "otlp" : "none",
                        // /metrics has them
                        "otel.metrics.exporter", "none",
                        // what a killed node takes with it
                        "otel.bsp.schedule.delay", "1000",
                        "otel.blrp.schedule.delay", "1000"),
                Map.of("service.version", version, "service.instance.id", node));
    }

    private boolean isDisabled() {
        return given.standard("OTEL_SDK_DISABLED").filter("true"::equalsIgnoreCase).isPresent();
    }

    private static String endpoint(String text) {
        try {
            var uri = new URI(text);
            var isSound =
                    HTTP.matcher(String.valueOf(uri.getScheme())).matches()
                            && uri.getHost() != null
                            && uri.getUserInfo() == null;
            if (isSound) {
                return text;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw new CannotStart(
                Variable.OTLP_ENDPOINT.variable()
                        + " is no URL of a collector: it looks like http://127.0.0.1:4318; a token"
                        + " belongs into OTEL_EXPORTER_OTLP_HEADERS.");
    }

    private Optional<String> share() {
        var share = given.text(Variable.TRACE_SHARE);
        if (share.filter(text -> !text.matches("[01]|[01]?\\.[0-9]{1,9}")).isPresent()
                || share.filter(text -> Double.parseDouble(text) > 1).isPresent()) {
            throw new CannotStart(
                    Variable.TRACE_SHARE.variable()
                            + " is \""
                            + share.get()
                            + "\": give a number from 0 (none) to 1 (all), such as 0.05.");
        }
        return share;
    }
}
