package dev.postrider.boot.health;

import dev.postrider.boot.ProgramVersion;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Which version answers, for whoever rolls out another: it is up whenever it can say so. */
@Liveness
@Singleton
final class VersionHealth implements HealthCheck {
    private final ProgramVersion program = ProgramVersion.read();

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("version")
                .withData("version", program.version())
                .up()
                .build();
    }
}
