package dev.postrider.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;

final class DeadlineTest {
    /** Else a call that was cut for its time is told as a connection that broke. */
    @RepeatedTest(20)
    void isOverWhenItsAlarmRings() {
        var deadline = new Deadline(Duration.ofNanos(2_900_000));
        var wasOver = new CompletableFuture<Boolean>();
        var _ = deadline.whenOver(() -> wasOver.complete(deadline.isOver()));
        assertThat(wasOver.join()).isTrue();
    }
}
