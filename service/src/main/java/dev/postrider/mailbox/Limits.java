package dev.postrider.mailbox;

import java.util.Optional;

/**
 * How much a mailbox may send, where it differs from what its provider allows.
 *
 * @param messagesPerMinute empty, like the others, for the provider's
 * @param connections at once
 */
public record Limits(
        Optional<Integer> messagesPerMinute,
        Optional<Integer> messagesPerDay,
        Optional<Integer> recipientsPerDay,
        Optional<Integer> connections) {
    static final Limits OF_PROVIDER =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
