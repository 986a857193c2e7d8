package dev.postrider.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BoundedBodyTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void oneThatComesTooSlowlyIsEndedOnceItsStartIsOver() throws IOException {
        var body = body(10_000);
        after(Duration.ofSeconds(5));
        assertThat(body.read()).isZero();
        after(Duration.ofSeconds(1));
        assertThatThrownBy(body::read).isInstanceOf(BoundedBody.TooSlow.class);
    }

    @Test
    void oneThatKeepsTheLeastRateMayTakeLong() throws IOException {
        var body = body(10_000);
        for (var i = 0; i < 10; i++) {
            after(Duration.ofSeconds(1));
            assertThat(body.readNBytes(1_000)).hasSize(1_000);
        }
    }

    @Test
    void whatIsSkippedCountsToo() throws IOException {
        var body = body(999);
        assertThat(body.skip(999)).isEqualTo(999);
        assertThatThrownBy(() -> body.skip(1)).isInstanceOf(BoundedBody.TooLarge.class);
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private BoundedBody body(long max) {
        return new BoundedBody(new ByteArrayInputStream(new byte[20_000]), max, 1_000, nanos::get);
    }
}
