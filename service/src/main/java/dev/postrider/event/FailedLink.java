package dev.postrider.event;

import java.util.Optional;
import java.util.UUID;

/**
 * A connect link by which somebody couldn't connect a mailbox.
 *
 * @param error stable, as {@code return_url} is told it: {@code access_denied}
 * @param problem what happened and what to do, in words
 * @param address the one that it was made for
 * @param mailboxId the mailbox that was to be connected again
 * @param userId for whom it was made
 * @param externalId the same by the caller's own name
 * @param state the caller's own words, given back to it
 */
public record FailedLink(
        UUID id,
        String error,
        String problem,
        Optional<String> address,
        Optional<UUID> mailboxId,
        Optional<UUID> userId,
        Optional<String> externalId,
        Optional<String> state) {}
