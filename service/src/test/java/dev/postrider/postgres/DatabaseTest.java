package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.connection.SessionSettings;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class DatabaseTest {
    private final Database database;

    DatabaseTest(Database database) {
        this.database = database;
    }

    @Test
    @Timeout(60)
    void aWorkspaceThatAsksForMuchLeavesConnectionsToOthers() throws InterruptedException {
        var busy = UUID.randomUUID();
        var entered = new Semaphore(0);
        var end = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                var _ =
                        callers.submit(() ->
                                database.of(busy)
                                        .read(handle -> {
                                            entered.release();
                                            return await(end);
                                        }));
            }
            assertThat(entered.tryAcquire(8, 20, TimeUnit.SECONDS)).isTrue();
            var begun = System.nanoTime();
            var one =
                    database.of(UUID.randomUUID())
                            .read(handle ->
                                    handle.createQuery("select 1").mapTo(Integer.class).one());
            assertThat(one).isEqualTo(1);
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(entered.tryAcquire()).isFalse();
            end.countDown();
        }
    }

    /** Else a statement that waits for a lock takes one connection more with each try. */
    @Test
    void theServerGivesUpAStatementBeforeWeStopToWaitForIt() {
        var given =
                database.read(handle ->
                        handle.createQuery("show statement_timeout").mapTo(String.class).one());
        assertThat(given).isEqualTo(SessionSettings.STATEMENT.toSeconds() + "s");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
