package dev.postrider.testkit.provider.google.oauth;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a user answers on the consent page.
 *
 * @param ticked scopes by their full names; of importance only when the page has boxes
 * @param timeLimit for which access is granted; empty for no end
 */
public record Decision(
        String email, boolean allowed, Set<String> ticked, Optional<Duration> timeLimit) {
    public Decision {
        ticked = Set.copyOf(ticked);
    }
}
