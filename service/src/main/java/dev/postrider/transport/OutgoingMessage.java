package dev.postrider.transport;

import dev.postrider.mime.encoding.Source;
import java.util.List;
import java.util.Set;

/**
 * A message before it is accepted.
 *
 * @param mailbox the address of the mailbox that is to send it
 * @param from the address in its From
 * @param recipients of the envelope
 * @param named whom its header names, each an addr-spec
 * @param content its octets, read by whoever needs to know more
 * @param isRaw whether its sender composed it
 */
public record OutgoingMessage(
        String mailbox,
        String from,
        List<String> recipients,
        Set<String> named,
        Source content,
        boolean isRaw) {
    public OutgoingMessage {
        recipients = List.copyOf(recipients);
        named = Set.copyOf(named);
    }

    /** In octets. */
    public long size() {
        return content.size();
    }
}
