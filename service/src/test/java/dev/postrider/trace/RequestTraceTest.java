package dev.postrider.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.NewId;
import dev.postrider.rig.OtlpReceiver;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller's {@code traceparent} does, and what it can't. */
final class RequestTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final UUID email = NewId.get();

    @AfterEach
    void close() {
        receiver.close();
    }

    static Stream<List<String>> hostile() {
        var good = "00-" + TRACE + "-" + SPAN + "-01";
        return Stream.of(
                List.of(),
                List.of(""),
                List.of("-"),
                List.of("00-" + "0".repeat(32) + "-" + SPAN + "-01"),
                List.of("00-" + TRACE + "-" + "0".repeat(16) + "-01"),
                List.of("ff-" + TRACE + "-" + SPAN + "-01"),
                List.of("00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + SPAN),
                List.of("00-" + "z".repeat(32) + "-" + SPAN + "-01"),
                List.of("00-" + TRACE + "-" + SPAN + "-zz"),
                List.of(good + "-more"),
                List.of(good, good),
                List.of(good + "\r\nX-Other: 1"),
                List.of("9".repeat(100_000)),
                List.of("00-" + "\u0660".repeat(32) + "-" + SPAN + "-01"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsNoSingleGoodHeaderChangesNothing(List<String> headers) {
        accept(Map.of(), headers);

        var spans = receiver.await(email.toString(), some -> !some.isEmpty());
        assertThat(spans)
                .singleElement()
                .satisfies(root -> {
                    assertThat(root.parent()).isEmpty();
                    assertThat(root.links()).isEmpty();
                });
        assertThat(receiver.spans()).hasSize(1);
    }

    @Test
    void theRequestIsPartOfItsCallersTraceAndPointsToTheEmail() {
        accept(Map.of(), List.of("00-" + TRACE + "-" + SPAN + "-01"));

        var root = receiver.await(email.toString(), some -> !some.isEmpty()).getFirst();
        var request = receiver.await(TRACE, some -> !some.isEmpty()).getFirst();
        assertThat(request.name()).isEqualTo("POST /emails");
        assertThat(request.parent()).isEqualTo(SPAN);
        assertThat(request.links()).containsExactly(root.trace() + "-" + root.id());
        assertThat(root.links()).containsExactly(TRACE + "-" + request.id());
        assertThat(root.parent()).isEmpty();
    }

    @Test
    void whatACallerDoesNotRecordIsOnlyPointedTo() {
        accept(Map.of(), List.of("00-" + TRACE + "-" + SPAN + "-00"));

        var root = receiver.await(email.toString(), some -> !some.isEmpty()).getFirst();
        assertThat(root.links()).containsExactly(TRACE + "-" + SPAN);
        assertThat(receiver.spans()).hasSize(1);
    }

    @Test
    void aCallerCannotHaveAnEmailTracedThatIsNotAmongTheShare() {
        accept(
                Map.of(
                        "otel.traces.sampler", "parentbased_traceidratio",
                        "otel.traces.sampler.arg", "0"),
                List.of("00-" + TRACE + "-" + SPAN + "-01"));

        receiver.await(TRACE, some -> !some.isEmpty());
        assertThat(receiver.spans()).extracting(OtlpReceiver.Received::trace).containsOnly(TRACE);
    }

    @Test
    void withoutAnEndpointNothingIsTraced() {
        var telemetry = new Telemetry(TelemetrySettings.OFF);
        telemetry.start();

        assertThat(EmailTrace.isOn()).isFalse();
        assertThat(EmailTrace.of(email)).isEmpty();
        assertThat(RequestTrace.begin(List.of("00-" + TRACE + "-" + SPAN + "-01")))
                .isSameAs(RequestTrace.NONE);
        telemetry.close();
    }

    /** As the door and the intake do it; all of it is exported when this returns. */
    private void accept(Map<String, String> settings, List<String> headers) {
        var telemetry = new Telemetry(receiver.settings(settings));
        telemetry.start();
        var request = RequestTrace.begin(headers);
        EmailTrace.of(email)
                .map(EmailTrace::accept)
                .ifPresent(span ->
                        span.record(Step.of("accept", Instant.now(), Instant.now()), request));
        request.end("POST", "/emails", 200);
        telemetry.close();
    }
}
