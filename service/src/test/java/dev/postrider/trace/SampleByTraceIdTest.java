package dev.postrider.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.postrider.postgres.NewId;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleByTraceIdTest {
    private static final int MANY = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.3, 0.5, 0.75, 0.99, 1})
    void theShareOfEmailsIsTheOneThatIsAskedFor(double share) {
        assertThat(sampled(new SampleByTraceId(share), Stream.generate(NewId::get)))
                .isCloseTo(share, within(0.02));
        assertThat(sampled(new SampleByTraceId(share), oneAMillisecond()))
                .isCloseTo(share, within(0.02));
    }

    @Test
    void noneAndAllAreMeantLiterally() {
        assertThat(sampled(new SampleByTraceId(0), oneAMillisecond())).isZero();
        assertThat(sampled(new SampleByTraceId(1), oneAMillisecond())).isOne();
    }

    /** Why there is one of our own. */
    @Test
    void theSdksOwnKnowsNothingOfTheVariantInAUuid() {
        assertThat(sampled(Sampler.traceIdRatioBased(0.5), oneAMillisecond())).isZero();
        assertThat(sampled(Sampler.traceIdRatioBased(0.75), oneAMillisecond()))
                .isCloseTo(0.5, within(0.02));
    }

    @Test
    void whoeverIsAmongFewIsAmongMany() {
        var few = new SampleByTraceId(0.1);
        var many = new SampleByTraceId(0.2);
        assertThat(
                        oneAMillisecond()
                                .limit(MANY)
                                .map(SpanIds::trace)
                                .filter(few::isSampled)
                                .toList())
                .isNotEmpty()
                .allMatch(many::isSampled);
    }

    @Test
    void emailsOfOneMillisecondAreChosenEachByItself() {
        var sampler = new SampleByTraceId(0.5);
        var together = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L);
        var runs = 0;
        var before = false;
        for (var i = 0; i < 1_000; i++) {
            var id =
                    new UUID(
                            together.getMostSignificantBits(),
                            together.getLeastSignificantBits() + i);
            var now = sampler.isSampled(SpanIds.trace(id));
            runs += now == before ? 0 : 1;
            before = now;
        }
        assertThat(runs).isBetween(400, 600);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void whatIsNoShareIsRefused(double share) {
        assertThatThrownBy(() -> new SampleByTraceId(share))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double sampled(Sampler sampler, Stream<UUID> emails) {
        var sampled =
                emails.limit(MANY)
                        .map(SpanIds::trace)
                        .filter(id ->
                                sampler.shouldSample(
                                                        Context.root(),
                                                        id,
                                                        "",
                                                        SpanKind.INTERNAL,
                                                        Attributes.empty(),
                                                        List.of())
                                                .getDecision()
                                        == SamplingDecision.RECORD_AND_SAMPLE)
                        .count();
        return (double) sampled / MANY;
    }

    /** UUIDv7 as they are made over time. */
    private static Stream<UUID> oneAMillisecond() {
        var random = new Random(7);
        return Stream.iterate(1_764_000_000_000L, at -> at + 1)
                .map(at ->
                        new UUID(
                                at << 16 | 0x7000 | random.nextInt(0x1000),
                                random.nextLong() >>> 2 | 1L << 63));
    }
}
