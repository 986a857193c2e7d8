package dev.postrider.transport;

import java.util.Optional;

/**
 * How much a mailbox may send, where it differs from what its provider allows.
 *
 * @param messagesPerMinute empty, like the others, for the provider's
 * @param connections at once
 */
public record LimitOverrides(
        Optional<Integer> messagesPerMinute,
        Optional<Integer> messagesPerDay,
        Optional<Integer> recipientsPerDay,
        Optional<Integer> connections) {
    public static final LimitOverrides OF_PROVIDER =
            new LimitOverrides(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
