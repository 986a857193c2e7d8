package dev.postrider.testkit.provider.google.state;

import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.Switches;
import java.time.Instant;
import java.util.List;

/** All that Google knows, but for the mail. */
public record GoogleState(
        SettableClock clock,
        Switches<GoogleSwitch> switches,
        Limits<GoogleLimit> limits,
        GoogleUsers users,
        GoogleApps apps,
        GoogleGrants grants,
        Accepted accepted) {

    public static GoogleState at(SettableClock clock) {
        var limits = new Limits<>(List.of(GoogleLimit.values()));
        return new GoogleState(
                clock,
                new Switches<>(List.of(GoogleSwitch.values())),
                limits,
                new GoogleUsers(),
                new GoogleApps(),
                new GoogleGrants(clock, limits),
                new Accepted());
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean on(GoogleSwitch one) {
        return switches.on(one);
    }

    public long limit(GoogleLimit one) {
        return limits.get(one);
    }
}
