package dev.postrider.trace;

import java.util.Map;

/**
 * What OpenTelemetry's SDK is told (its autoconfiguration's properties).
 *
 * @param isOn whether anything is to be exported
 * @param fixed what holds whatever the SDK's own environment variables say
 * @param standard what holds where those say nothing
 * @param resource what says which program and which node has recorded something, the same
 */
public record TelemetrySettings(
        boolean isOn,
        Map<String, String> fixed,
        Map<String, String> standard,
        Map<String, String> resource) {
    public static final TelemetrySettings OFF =
            new TelemetrySettings(false, Map.of(), Map.of(), Map.of());

    public TelemetrySettings {
        fixed = Map.copyOf(fixed);
        standard = Map.copyOf(standard);
        resource = Map.copyOf(resource);
    }
}
