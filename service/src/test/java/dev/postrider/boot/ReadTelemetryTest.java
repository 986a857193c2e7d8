package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.trace.TelemetrySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What switches traces and logs on, and what is said of settings that can't be meant. */
final class ReadTelemetryTest {
    private static final String ENDPOINT = "POSTRIDER_OTLP_ENDPOINT";
    private static final String SHARE = "POSTRIDER_TRACE_SHARE";

    @Test
    void withoutAnEndpointTheyAreOff() {
        assertThat(read(Map.of())).isEqualTo(TelemetrySettings.OFF);
        assertThat(read(Map.of("OTEL_SERVICE_NAME", "mail", SHARE, "1")).isOn()).isFalse();
    }

    @Test
    void anEndpointSwitchesThemOn() {
        var settings = read(Map.of(ENDPOINT, "https://collector.example.com/otlp", SHARE, "0.05"));

        assertThat(settings.isOn()).isTrue();
        assertThat(settings.fixed())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "otel.exporter.otlp.endpoint",
                                "https://collector.example.com/otlp",
                                "otel.traces.sampler",
                                "parentbased_traceidratio",
                                "otel.traces.sampler.arg",
                                "0.05"));
        assertThat(settings.standard())
                .containsEntry("otel.exporter.otlp.protocol", "http/protobuf")
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.logs.exporter", "otlp")
                .containsEntry("otel.metrics.exporter", "none");
        assertThat(settings.resource())
                .containsEntry("service.instance.id", "node-7")
                .containsKey("service.version");
    }

    @Test
    void theStandardsOwnEndpointDoesSoToo() {
        var settings = read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318"));
        assertThat(settings.isOn()).isTrue();
        // the SDK reads it by itself
        assertThat(settings.fixed()).isEmpty();
        assertThat(
                        read(Map.of(
                                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                                        "http://otel:4318/v1/traces"))
                                .standard())
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.logs.exporter", "none");
        assertThat(
                        read(Map.of("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://otel:4318/v1/logs"))
                                .standard())
                .containsEntry("otel.traces.exporter", "none")
                .containsEntry("otel.logs.exporter", "otlp");
    }

    @Test
    void theStandardsOwnSwitchSwitchesThemOff() {
        var given = new HashMap<>(Map.of(ENDPOINT, "http://127.0.0.1:4318"));
        given.put("OTEL_SDK_DISABLED", "true");
        assertThat(read(given)).isEqualTo(TelemetrySettings.OFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector",
                "collector:4318",
                "grpc://collector:4317",
                "http://",
                "http://user:password@collector:4318",
                "http://a b"
            })
    void anEndpointThatIsNoneIsRefusedWithoutRepeatingIt(String endpoint) {
        assertThatThrownBy(() -> read(Map.of(ENDPOINT, endpoint)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(ENDPOINT)
                .hasMessageNotContaining("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "1.1", "5%", "NaN", "1e-3", "some", "."})
    void aShareThatIsNoneIsRefused(String share) {
        assertThatThrownBy(() -> read(Map.of(SHARE, share)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(SHARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.05", ".5", "1", "1.0"})
    void aShareIsANumberFromNoneToAll(String share) {
        assertThat(read(Map.of(SHARE, share, ENDPOINT, "http://127.0.0.1:4318")).fixed())
                .containsEntry("otel.traces.sampler.arg", share);
    }

    private static TelemetrySettings read(Map<String, String> environment) {
        return new ReadTelemetry(new Variables(name -> Optional.ofNullable(environment.get(name))))
                .read("node-7");
    }
}
