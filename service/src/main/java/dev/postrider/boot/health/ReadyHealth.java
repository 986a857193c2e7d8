package dev.postrider.boot.health;

import dev.postrider.machine.Loop;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether requests can be served: the database answers, and all loops run; {@code /health/ready} on
 * the management port shows it.
 */
@Readiness
@Singleton
final class ReadyHealth implements HealthCheck {
    private final Database database;

    ReadyHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var answers = databaseAnswers();
        return LoopsHealth.say(HealthCheckResponse.named("ready"), Loop.dead(), answers)
                .withData("database", answers ? "answers" : "away")
                .build();
    }

    private boolean databaseAnswers() {
        try {
            database.read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
            return true;
        } catch (DatabaseAway _) {
            return false;
        }
    }
}
