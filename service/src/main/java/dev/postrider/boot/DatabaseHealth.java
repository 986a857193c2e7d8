package dev.postrider.boot;

import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.JdbiException;

/** Whether the database answers; {@code /health/ready} on the management port shows it. */
@Readiness
@Singleton
final class DatabaseHealth implements HealthCheck {
    private final Database database;

    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database");
        try {
            database.read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
            return response.up().build();
        } catch (JdbiException _) {
            return response.down().build();
        }
    }
}
