package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleScope;
import java.util.Set;

/** What a call costs in units, and the scopes of which one is enough. */
enum Operation {
    SEND(100, GoogleScope.SEND, GoogleScope.COMPOSE, GoogleScope.MODIFY, GoogleScope.ALL),
    DRAFT_SEND(100, GoogleScope.COMPOSE, GoogleScope.MODIFY, GoogleScope.ALL),
    DRAFT_CREATE(10, GoogleScope.COMPOSE, GoogleScope.MODIFY, GoogleScope.ALL),
    DRAFT_DELETE(10, GoogleScope.COMPOSE, GoogleScope.MODIFY, GoogleScope.ALL),
    DRAFT_READ(20, GoogleScope.COMPOSE, GoogleScope.READONLY, GoogleScope.MODIFY, GoogleScope.ALL),
    GET(20, GoogleScope.METADATA, GoogleScope.READONLY, GoogleScope.MODIFY, GoogleScope.ALL),
    LIST(5, GoogleScope.METADATA, GoogleScope.READONLY, GoogleScope.MODIFY, GoogleScope.ALL),
    SEND_AS(1, GoogleScope.SETTINGS, GoogleScope.READONLY, GoogleScope.MODIFY, GoogleScope.ALL),
    PROFILE(
            1,
            GoogleScope.COMPOSE,
            GoogleScope.METADATA,
            GoogleScope.READONLY,
            GoogleScope.MODIFY,
            GoogleScope.ALL);

    private final int units;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> scopes;

    Operation(int units, String... scopes) {
        this.units = units;
        this.scopes = Set.of(scopes);
    }

    int units() {
        return units;
    }

    boolean isAllowedBy(Set<String> granted) {
        return granted.stream().anyMatch(scopes::contains);
    }
}
