package dev.postrider.flow.webhook;

import java.time.Duration;
import java.util.Optional;

/** What an endpoint said to a call. */
sealed interface EndpointAnswer {
    /** Why a call wasn't taken, for the webhook's owner; empty for one that was. */
    default Optional<String> error() {
        return switch (this) {
            case Status status ->
                    status.isTaken()
                            ? Optional.empty()
                            : Optional.of("The endpoint answered " + status.code() + ".");
            case None(var reason) -> Optional.of(reason);
        };
    }

    /**
     * It answered.
     *
     * @param pause what its Retry-After asks for
     * @param start how its body begins
     */
    record Status(int code, Optional<Duration> pause, String start) implements EndpointAnswer {
        boolean isTaken() {
            return code >= 200 && code < 300;
        }

        /** It never wants another call. */
        boolean isGone() {
            return code == 410;
        }
    }

    /**
     * Nothing that could be understood came back, or it may not be called at all.
     *
     * @param reason a sentence for the webhook's owner
     */
    record None(String reason) implements EndpointAnswer {}
}
