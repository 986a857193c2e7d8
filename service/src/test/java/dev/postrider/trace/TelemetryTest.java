package dev.postrider.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.NewId;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.OtlpReceiver;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector can't do to the program. */
final class TelemetryTest {
    private static final Duration STOP = Duration.ofMillis(300);

    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void count() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void close() {
        Metrics.removeRegistry(meters);
        receiver.close();
    }

    @Test
    void aCollectorThatStallsHoldsNobodyUpAndWhatItMissesIsCounted() {
        var answers = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        receiver.reacts(() -> {
            asked.countDown();
            answers.await();
            return 200;
        });
        var telemetry =
                start(
                        Map.of(
                                "otel.bsp.max.queue.size", "64",
                                "otel.bsp.max.export.batch.size", "32"));
        record(32);
        Answers.await(asked);

        record(1_000);

        assertThat(count("dropped")).isBetween(900.0, 1_000.0);
        var begun = System.nanoTime();
        telemetry.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(STOP, FlowRig.PATIENCE);
        assertThat(EmailTrace.isOn()).isFalse();
        answers.countDown();
    }

    @Test
    void whatACollectorRefusesIsCounted() {
        receiver.reacts(() -> 400);
        var telemetry = start(Map.of());
        var before = count("failed");

        record(3);

        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(() -> count("failed"), failed -> failed == before + 3);
        telemetry.close();
    }

    @Test
    void whatWaitsGoesOutWhenTheProgramStops() {
        var telemetry = start(Map.of("otel.bsp.schedule.delay", "3600000"));
        var before = count("exported");

        record(3);
        telemetry.close();

        assertThat(receiver.spans()).hasSize(3);
        assertThat(count("exported")).isEqualTo(before + 3);
        assertThat(receiver.resources().getFirst())
                .containsEntry("service.name", "postrider")
                .containsEntry("service.instance.id", "node-1");
    }

    @Test
    void whatTheOperatorCallsTheServiceIsItsName() {
        var telemetry =
                start(
                        Map.of(
                                "otel.resource.attributes",
                                "service.name=mail,deployment.environment=test"));

        record(1);
        telemetry.close();

        assertThat(receiver.resources().getFirst())
                .containsEntry("service.name", "mail")
                .containsEntry("deployment.environment", "test")
                .containsEntry("service.instance.id", "node-1");
    }

    @ParameterizedTest
    @CsvSource({
        "otel.exporter.otlp.protocol, grpc",
        "otel.exporter.otlp.traces.protocol, grpc",
        "otel.traces.sampler, fair",
        "otel.traces.exporter, pigeon",
        "otel.bsp.max.queue.size, many"
    })
    void settingsThatCannotBeUsedKeepNoMailFromBeingSent(String name, String value) {
        var telemetry = start(Map.of(name, value));

        assertThat(EmailTrace.isOn()).isFalse();
        telemetry.close();
    }

    private Telemetry start(Map<String, String> more) {
        var telemetry = new Telemetry(receiver.settings(more), STOP);
        telemetry.start();
        return telemetry;
    }

    private static void record(int emails) {
        var now = Instant.now();
        for (var i = 0; i < emails; i++) {
            EmailTrace.of(NewId.get())
                    .map(EmailTrace::accept)
                    .ifPresent(span -> span.record(Step.of("accept", now, now)));
        }
    }

    private double count(String result) {
        return meters.find("postrider.telemetry.spans").tag("result", result).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }
}
