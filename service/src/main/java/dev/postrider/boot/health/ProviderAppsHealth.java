package dev.postrider.boot.health;

import dev.postrider.credential.grant.AppFaults;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.postgres.DatabaseAway;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The operator's apps at Google and Microsoft: which are refused, and whose secret ends soon. It is
 * always up: no other node would be better off.
 */
@Readiness
@Singleton
final class ProviderAppsHealth implements HealthCheck {
    private final AppFaults faults;
    private final ProviderApps apps;
    private final InstantSource clock;

    ProviderAppsHealth(AppFaults faults, ProviderApps apps, InstantSource clock) {
        this.faults = faults;
        this.apps = apps;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("provider apps").up();
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var app : apps.secretsThatEnd(today)) {
            response.withData(app.label() + " secret", "ends " + app.secretExpires().orElseThrow());
        }
        try {
            for (var fault : faults.failing()) {
                response.withData(
                        fault.provider().text() + "/" + fault.app(),
                        "refused since " + fault.since() + ": " + fault.problem());
            }
        } catch (DatabaseAway _) {
            // the check of the database says so
        }
        return response.build();
    }
}
