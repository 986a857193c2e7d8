package dev.postrider.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which mailboxes of a workspace a list is to show.
 *
 * @param user whose; empty for everybody's
 * @param states as {@link MailboxState#text} has them; none for any
 * @param provider a kind of transport; empty for any
 * @param words lower-case ones that the address or the display name has, all of them
 * @param needAttention only those that are held, or rest at the moment
 */
public record MailboxFilter(
        Optional<UUID> user,
        List<String> states,
        Optional<String> provider,
        List<String> words,
        boolean needAttention) {
    public MailboxFilter {
        states = List.copyOf(states);
        words = List.copyOf(words);
    }

    public static MailboxFilter of(Optional<UUID> user) {
        return new MailboxFilter(user, List.of(), Optional.empty(), List.of(), false);
    }
}
