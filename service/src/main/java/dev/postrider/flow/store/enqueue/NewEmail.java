package dev.postrider.flow.store.enqueue;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.HeaderField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An accepted and composed email, ready to be kept.
 *
 * @param keyId the API key that it came with
 * @param tags its sender's own marks, name to value
 */
public record NewEmail(
        EmailKey key,
        LaneKey lane,
        UUID userId,
        Optional<UUID> keyId,
        Envelope envelope,
        Message message,
        Header header,
        Delivery delivery,
        Map<String, String> tags) {
    public NewEmail {
        tags = Map.copyOf(tags);
    }

    /**
     * What SMTP says of it.
     *
     * @param sender the reverse-path
     */
    public record Envelope(String sender, List<Recipient> recipients) {
        public Envelope {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * What every attempt sends.
     *
     * @param content its octets; a large one is read while it is written to the database
     * @param dated whether it begins with a Date that was made for it: that moves along when its
     *     sender moves the email
     */
    public record Message(
            String messageId, Source content, boolean eightBit, boolean smtpUtf8, boolean dated) {
        /** Octets of a message in memory; of more a hundred in one request would be many. */
        public static final int MAX_IN_MEMORY = 256 * 1024;

        public int size() {
            return Math.toIntExact(content.size());
        }

        public boolean isLarge() {
            return content.size() > MAX_IN_MEMORY;
        }
    }

    /**
     * The fields that its readers and webhooks are shown, as its sender wrote them.
     *
     * @param author From; empty when that is the reverse-path
     * @param others its sender's own fields, for webhooks
     */
    public record Header(
            String subject,
            Optional<String> author,
            List<String> replyTo,
            List<HeaderField> others) {
        public Header {
            replyTo = List.copyOf(replyTo);
            others = List.copyOf(others);
        }
    }

    /**
     * When and how it is sent.
     *
     * @param awaited whether a caller waits for the first attempt; such an email overtakes all
     *     others
     * @param priority among those of its mailbox that nobody waits for
     * @param dueAt not before this; empty: at once
     * @param giveUpAt after this no further attempt is made
     */
    public record Delivery(
            boolean awaited,
            Priority priority,
            Optional<Instant> dueAt,
            OnUnknown onUnknown,
            Instant giveUpAt) {
        short rank() {
            return (short) (awaited ? Priority.AWAITED : priority.rank());
        }
    }
}
