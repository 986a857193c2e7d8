package dev.postrider.boot.health;

import dev.postrider.machine.Loop;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Whether all loops run that were started: without one, mail waits for ever and nobody says so. */
@Liveness
@Singleton
final class LoopsHealth implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        return say(HealthCheckResponse.named("loops"), Loop.dead(), true).build();
    }

    static HealthCheckResponseBuilder say(
            HealthCheckResponseBuilder response, Set<String> dead, boolean isElseWell) {
        response.status(dead.isEmpty() && isElseWell);
        return dead.isEmpty() ? response : response.withData("ended", String.join(" ", dead));
    }
}
