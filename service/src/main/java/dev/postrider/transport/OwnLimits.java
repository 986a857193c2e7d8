package dev.postrider.transport;

import java.util.Optional;

/**
 * How much a mailbox may send, where it differs from what its provider allows.
 *
 * @param messagesPerMinute empty, like the others, for the provider's
 * @param connections at once
 */
public record OwnLimits(
        Optional<Integer> messagesPerMinute,
        Optional<Integer> messagesPerDay,
        Optional<Integer> recipientsPerDay,
        Optional<Integer> connections) {
    public static final OwnLimits OF_PROVIDER =
            new OwnLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
