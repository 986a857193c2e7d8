package dev.postrider.boot.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.TestServer;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class ReadyHealthTest {
    @Test
    void saysThatTheDatabaseAnswersOrIsAway(TestServer server) {
        try (var copy = server.copy()) {
            var database = Database.at(copy.url());
            var health = new ReadyHealth(database);

            assertThat(health.call().getStatus()).isEqualTo(Status.UP);
            assertThat(health.call().getData().orElseThrow())
                    .contains(entry("database", "answers"));

            database.close();

            assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.call().getData().orElseThrow()).contains(entry("database", "away"));
        }
    }
}
