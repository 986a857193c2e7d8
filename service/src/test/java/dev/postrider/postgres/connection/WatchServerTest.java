package dev.postrider.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another server is noticed by the calls that wait for the last one. */
@ExtendWith(TestDatabase.class)
final class WatchServerTest {
    private final Database database;

    WatchServerTest(Database database) {
        this.database = database;
    }

    @Test
    @Timeout(30)
    void connectionsAreCutWhenAnotherServerAnswersWhileCallsWait() throws InterruptedException {
        var calls = new WaitingCalls();
        var cut = new CountDownLatch(1);
        try (var watch =
                        new WatchServer(
                                database.url(), "before", calls, Duration.ZERO, cut::countDown);
                var _ = calls.begin()) {
            watch.start();
            assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
