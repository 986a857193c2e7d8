package dev.postrider.flow.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event on its way to a webhook, as it can be looked at.
 *
 * @param isReplayed whether it goes again because somebody asked for it
 * @param dueAt when it is called next
 * @param isUnderWay whether it is being called just now
 * @param problem why it hasn't been delivered, as far as that is known
 */
public record DeliveryRow(
        UUID webhookId,
        Event event,
        DeliveryState state,
        int attempts,
        boolean isReplayed,
        Optional<Instant> dueAt,
        boolean isUnderWay,
        Optional<String> problem,
        Optional<Attempt> last) {

    /**
     * What happened.
     *
     * @param email whose event it is
     * @param about what it is about, in a few words: an email's subject, a mailbox's address
     */
    public record Event(
            UUID id,
            String type,
            Instant createdAt,
            Optional<UUID> email,
            Optional<String> about) {}

    /**
     * A call that has ended.
     *
     * @param status that it was answered with; empty when there was no answer
     * @param error why it didn't deliver
     * @param answer how the answer's body begins
     */
    public record Attempt(
            int number,
            Instant at,
            Duration took,
            Optional<Integer> status,
            Optional<String> error,
            Optional<String> answer) {}
}
