package dev.postrider.transport;

import dev.postrider.transport.Transport.MailboxKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which of a mailbox's messages are emails that were sent through it, beyond doubt. */
@FunctionalInterface
public interface SentMessages {
    SentMessages NONE = (_, _) -> Map.of();

    /**
     * Looks provider's ids of messages up.
     *
     * @return since when it is known of each that it was sent; without those that aren't known
     */
    Map<String, Instant> known(MailboxKey mailbox, List<String> messages);
}
