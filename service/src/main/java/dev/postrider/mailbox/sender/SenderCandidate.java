package dev.postrider.mailbox.sender;

import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * A mailbox that says it sends as an address.
 *
 * @param byAlias whether the address is one of its aliases
 * @param delivers whether what it sends leaves
 * @param account the user who signs in with the address, if one does: an admin gave it to them
 */
public record SenderCandidate(
        Mailbox mailbox, boolean byAlias, boolean delivers, Optional<UUID> account) {

    /** Whether a caller may send through it in this name. */
    public boolean mayServe(Caller caller) {
        return isOwn(caller)
                || isWorkspaces()
                || (caller.onlyUser().isEmpty() && (account.isEmpty() || isVerified()));
    }

    /** Its user signs in with the address, so it is theirs. */
    private boolean isVerified() {
        return account.isPresent() && account.equals(mailbox.userId());
    }

    private boolean isOwn(Caller caller) {
        return mailbox.userId().filter(caller.userId()::equals).isPresent();
    }

    private boolean isWorkspaces() {
        return mailbox.userId().isEmpty();
    }

    /** The caller's own by their wish, others' by age. */
    public static Comparator<SenderCandidate> bestFor(Caller caller) {
        return Comparator.<SenderCandidate>comparingInt(
                        each -> each.isOwn(caller) ? 0 : each.isWorkspaces() ? 1 : 2)
                .thenComparing(SenderCandidate::byAlias)
                .thenComparing(
                        each -> !(each.isOwn(caller) && each.mailbox().options().isDefault()))
                .thenComparing(each -> !each.delivers())
                .thenComparing(each -> each.mailbox().id());
    }
}
