package dev.postrider.transport;

import java.util.List;
import java.util.Set;

/**
 * A message before it is accepted.
 *
 * @param mailbox the address of the mailbox that is to send it
 * @param from the address in its From
 * @param recipients of the envelope
 * @param named whom its header names, each an addr-spec
 * @param size in octets
 * @param isRaw whether its sender composed it
 */
public record OutgoingMessage(
        String mailbox,
        String from,
        List<String> recipients,
        Set<String> named,
        long size,
        boolean isRaw) {
    public OutgoingMessage {
        recipients = List.copyOf(recipients);
        named = Set.copyOf(named);
    }
}
