package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.Accepted;
import dev.postrider.testkit.provider.Limits;
import dev.postrider.testkit.provider.SettableClock;
import dev.postrider.testkit.provider.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** All that Microsoft knows, but for the mail. */
public record MicrosoftState(
        SettableClock clock,
        Switches<MicrosoftSwitch> switches,
        Limits<MicrosoftLimit> limits,
        MicrosoftUsers users,
        MicrosoftApps apps,
        MicrosoftGrants grants,
        Accepted accepted) {

    public static MicrosoftState at(SettableClock clock) {
        var limits = new Limits<>(List.of(MicrosoftLimit.values()));
        return new MicrosoftState(
                clock,
                new Switches<>(List.of(MicrosoftSwitch.values())),
                limits,
                new MicrosoftUsers(),
                new MicrosoftApps(),
                new MicrosoftGrants(clock, limits),
                new Accepted());
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean on(MicrosoftSwitch one) {
        return switches.on(one);
    }

    public long limit(MicrosoftLimit one) {
        return limits.get(one);
    }

    public Duration seconds(MicrosoftLimit one) {
        return Duration.ofSeconds(limits.get(one));
    }
}
