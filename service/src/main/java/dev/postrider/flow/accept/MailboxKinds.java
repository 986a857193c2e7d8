package dev.postrider.flow.accept;

import java.util.Set;

/**
 * Which mailboxes an email may leave through, by their kind of transport.
 *
 * @param name what they are called together
 * @param kinds their names; none for any
 */
public record MailboxKinds(String name, Set<String> kinds) {
    public MailboxKinds {
        kinds = Set.copyOf(kinds);
    }
}
