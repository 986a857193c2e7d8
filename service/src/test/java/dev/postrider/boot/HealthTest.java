package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Outage;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an orchestrator sees on the management port. */
@QuarkusTest
@Timeout(30)
final class HealthTest {
    private static final String LOOP = "mortal";

    private final Api management = Api.management();

    @Test
    void eachCheckIsListedOnce() {
        var health = management.get("/health");
        assertThat(health.status()).as(health.text()).isEqualTo(200);
        assertThat(names(health.json())).contains("ready", "loops").doesNotHaveDuplicates();
    }

    @Test
    void aLoopThatHasEndedIsSaidByReadinessAndLiveness() throws InterruptedException {
        try {
            runOnce(() -> {
                throw new Unspeakable();
            });
            while (!Loop.dead().contains(LOOP) && !Thread.interrupted()) {
                Thread.onSpinWait();
            }
            for (var path : new String[] {"/health/ready", "/health/live"}) {
                var health = management.get(path);
                assertThat(health.status()).as(health.text()).isEqualTo(503);
                assertThat(health.text()).contains("\"DOWN\"", LOOP);
            }
        } finally {
            var done = new CountDownLatch(1);
            runOnce(done::countDown);
            done.await();
        }
        assertThat(management.get("/health/ready").status()).isEqualTo(200);
    }

    private static void runOnce(Loop.Step step) {
        new Loop(Journal.of("loops"), LOOP, "nothing", Duration.ofDays(1), step).start();
    }

    private static List<String> names(JsonNode health) {
        return health.path("checks")
                .valueStream()
                .map(check -> check.path("name").asText())
                .toList();
    }

    /** Nobody can even say what went wrong. */
    private static final class Unspeakable extends RuntimeException implements Outage {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }
    }
}
