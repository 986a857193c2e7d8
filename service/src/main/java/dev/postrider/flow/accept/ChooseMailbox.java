package dev.postrider.flow.accept;

import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mime.address.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses the mailbox that a caller's emails leave through. For one request. */
final class ChooseMailbox {
    private final Mailboxes mailboxes;
    private final Caller caller;
    private final Map<String, Optional<Mailbox>> known = new HashMap<>();

    ChooseMailbox(Mailboxes mailboxes, Caller caller) {
        this.mailboxes = mailboxes;
        this.caller = caller;
    }

    /** The one that sends as an address; the emails of one request mostly have the same. */
    Optional<Mailbox> sendingAs(Address from) {
        return known.computeIfAbsent(
                from.addrSpec(), address -> mailboxes.sendingAs(caller, address));
    }

    /**
     * The one that the API key is for, or the user's default. A key outlives its maker's role: what
     * a member may not send through, an admin's key that was made before may not either.
     */
    Optional<Mailbox> standard() {
        return standard(Set.of());
    }

    /**
     * The same among those of some kinds of transport.
     *
     * @param kinds by their names; none for any
     */
    Optional<Mailbox> standard(Set<String> kinds) {
        return caller.onlyMailbox().isPresent()
                ? mailboxes
                        .find(caller.workspaceId(), caller.onlyMailbox().get())
                        .filter(mailbox -> caller.mayUse(mailbox.id(), mailbox.userId()))
                        .filter(mailbox ->
                                kinds.isEmpty() || kinds.contains(mailbox.transport().kind()))
                : mailboxes.defaultFor(caller.workspaceId(), caller.userId(), kinds);
    }
}
