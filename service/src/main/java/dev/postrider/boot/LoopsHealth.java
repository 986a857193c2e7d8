package dev.postrider.boot;

import dev.postrider.machine.Loop;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Whether all loops run that were started: without one, mail waits for ever and nobody says so. */
@Liveness
@Readiness
@Singleton
final class LoopsHealth implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        var dead = Loop.dead();
        var response = HealthCheckResponse.named("loops").status(dead.isEmpty());
        return dead.isEmpty()
                ? response.build()
                : response.withData("ended", String.join(" ", dead)).build();
    }
}
