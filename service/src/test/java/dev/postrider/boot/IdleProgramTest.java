package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What all machines together ask the database while nothing happens: each statement wakes some
 * threads here and a process there, and a program that has nothing to do does nothing else.
 */
@QuarkusTest
final class IdleProgramTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** One look a second, at both ends of the window, and some of what comes seldom. */
    private static final int MOST = 6 + 3;

    /** What other tests have left may still be under way. */
    private static final int WINDOWS = 12;

    private final Database database;

    IdleProgramTest(Database database) {
        this.database = database;
    }

    @Test
    void asksTheDatabaseSeldomWhileNothingHappens() {
        var fewest = Long.MAX_VALUE;
        for (var i = 0; i < WINDOWS && fewest > MOST; i++) {
            fewest = Math.min(fewest, statementsInAWindow());
        }

        assertThat(fewest)
                .as("statements in %s; some loop asks more often than it need", WINDOW)
                .isBetween(1L, (long) MOST);
    }

    private long statementsInAWindow() {
        var before = database.statements();
        var end = System.nanoTime() + WINDOW.toNanos();
        for (var left = WINDOW.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return database.statements() - before;
    }
}
