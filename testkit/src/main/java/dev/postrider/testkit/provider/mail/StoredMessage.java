package dev.postrider.testkit.provider.mail;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A message in somebody's mailbox.
 *
 * @param id the provider's
 * @param threadId the provider's, of its thread or conversation
 * @param labels the provider's labels or its folder
 * @param at when it came there
 * @param fields with the body
 */
public record StoredMessage(
        String id, String threadId, Set<String> labels, Instant at, RawFields fields) {
    public StoredMessage {
        labels = Set.copyOf(labels);
    }

    public String messageId() {
        return fields.get("Message-ID").orElse("");
    }

    public String subject() {
        return fields.get("Subject").orElse("");
    }

    public List<String> recipients() {
        return Addresses.recipients(fields);
    }

    public byte[] octets() {
        return fields.octets();
    }
}
