package dev.postrider.mailbox.sender;

import dev.postrider.identity.Caller;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupRead;
import dev.postrider.transport.Kinds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds the mailbox that sends, for many emails at once. Safe for concurrent use. */
public final class SenderLookups {
    /**
     * How many look-ups share a query at most, and how many queries run at once: more would only
     * make smaller ones.
     */
    private static final int AT_ONCE = 500;

    private static final int READERS = 1;

    private final GroupRead<FindSender.Owner, Mailbox> defaults;
    private final GroupRead<FindSender.Sender, List<SenderCandidate>> senders;
    private final LookupCache<FindSender.Owner, Mailbox> recentDefaults =
            new LookupCache<>(System::nanoTime);
    private final LookupCache<FindSender.Sender, List<SenderCandidate>> recentSenders =
            new LookupCache<>(System::nanoTime);

    public SenderLookups(Database database, Kinds kinds) {
        this.defaults =
                new GroupRead<>(
                        AT_ONCE,
                        READERS,
                        owners ->
                                database.read(
                                        handle -> FindSender.defaults(handle, owners, kinds)));
        this.senders =
                new GroupRead<>(
                        AT_ONCE,
                        READERS,
                        names ->
                                database.read(
                                        handle -> FindSender.sendingAs(handle, names, kinds)));
    }

    /**
     * The mailbox that sends for a user who names none.
     *
     * @param kinds of transport that it may be of; none for any
     */
    public Optional<Mailbox> defaultFor(UUID workspaceId, UUID userId, Set<String> kinds) {
        return recentDefaults.find(
                new FindSender.Owner(workspaceId, userId, kinds), defaults::find);
    }

    /**
     * The mailbox through which a caller sends as an address.
     *
     * @param address without a name, in any case, the domain in A-labels
     */
    public Optional<Mailbox> sendingAs(Caller caller, String address) {
        return sendingAs(caller.workspaceId(), address).stream()
                .filter(each -> caller.mayUse(each.mailbox().id(), each.mailbox().userId()))
                .filter(each -> each.mayServe(caller))
                .min(SenderCandidate.bestFor(caller))
                .map(SenderCandidate::mailbox);
    }

    /** The mailboxes that may send as an address, whatever their state and whoever asks. */
    private List<SenderCandidate> sendingAs(UUID workspaceId, String address) {
        return recentSenders
                .find(
                        new FindSender.Sender(workspaceId, address.toLowerCase(Locale.ROOT)),
                        senders::find)
                .orElse(List.of());
    }

    /** Some mailbox has changed. */
    public void forget() {
        recentDefaults.forget();
        recentSenders.forget();
    }
}
