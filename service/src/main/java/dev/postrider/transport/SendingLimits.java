package dev.postrider.transport;

import java.util.Optional;

/**
 * What a mailbox may send; empty: as much as it likes.
 *
 * @param messagesPerDay in any 24 hours
 * @param recipientsPerDay in any 24 hours
 * @param connections at once, to its server
 */
public record SendingLimits(
        Optional<Integer> messagesPerMinute,
        Optional<Integer> messagesPerDay,
        Optional<Integer> recipientsPerDay,
        int connections) {
    /** What any server bears. */
    public static final int CONNECTIONS = 3;

    /** These, where others say nothing. */
    public SendingLimits unless(LimitOverrides others) {
        return new SendingLimits(
                others.messagesPerMinute().or(() -> messagesPerMinute),
                others.messagesPerDay().or(() -> messagesPerDay),
                others.recipientsPerDay().or(() -> recipientsPerDay),
                others.connections().orElse(connections));
    }
}
