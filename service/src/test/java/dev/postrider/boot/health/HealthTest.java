package dev.postrider.boot.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.ProgramVersion;
import dev.postrider.http.Api;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Outage;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
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
    void whichVersionAnswersIsSaidEverywhereAlike() {
        var version = ProgramVersion.read().version();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(
                        checks(management.get("/health").json())
                                .filter(check -> check.path("name").asText().equals("version")))
                .singleElement()
                .extracting(check -> check.at("/data/version").asText())
                .isEqualTo(version);
        assertThat(Api.underTest().get("/openapi.json").json().at("/info/version").asText())
                .isEqualTo(version);
        assertThat(ConfigProvider.getConfig().getValue("quarkus.application.version", String.class))
                .isEqualTo(version);
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
        return checks(health).map(check -> check.path("name").asText()).toList();
    }

    private static Stream<JsonNode> checks(JsonNode health) {
        return health.path("checks").valueStream();
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
