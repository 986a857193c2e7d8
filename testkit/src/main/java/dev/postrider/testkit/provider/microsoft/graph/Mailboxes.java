package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All users' mail, and the copies that went to anybody. Safe for concurrent use. With content it
 * keeps all of it in memory; a bench lets it count only.
 */
public final class Mailboxes {
    private final Map<String, Mailbox> byUser = new ConcurrentHashMap<>();
    private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();
    private final Map<String, List<StoredMessage>> delivered = new ConcurrentHashMap<>();
    private final Set<String> undeliverable = ConcurrentHashMap.newKeySet();
    private volatile boolean keepsContent = true;

    Mailbox of(MicrosoftUser user) {
        return byUser.computeIfAbsent(user.objectId(), any -> new Mailbox());
    }

    Throttle throttle(String app, MicrosoftUser user) {
        return throttles.computeIfAbsent(app + " " + user.objectId(), any -> new Throttle());
    }

    /** In the order in which they were accepted, whether they are in Sent Items yet or not. */
    public List<StoredMessage> sent(MicrosoftUser user) {
        return of(user).all().stream().filter(Item::isAccepted).map(Item::stored).toList();
    }

    public List<StoredMessage> drafts(MicrosoftUser user) {
        return stored(user, Folder.DRAFTS);
    }

    /** With what will come later. */
    public List<StoredMessage> inbox(MicrosoftUser user) {
        return stored(user, Folder.INBOX);
    }

    private List<StoredMessage> stored(MicrosoftUser user, Folder folder) {
        return of(user).all().stream()
                .map(Item::stored)
                .filter(message -> message.labels().contains(folder.displayName()))
                .toList();
    }

    /** What an address got, wherever it is. */
    public List<StoredMessage> delivered(String address) {
        return List.copyOf(delivered.getOrDefault(address.toLowerCase(Locale.ROOT), List.of()));
    }

    void deliver(String address, StoredMessage copy) {
        delivered.computeIfAbsent(address, any -> new CopyOnWriteArrayList<>()).add(copy);
    }

    /** Mail to this address is accepted, and a report comes back later. */
    public void bounce(String address) {
        undeliverable.add(address.toLowerCase(Locale.ROOT));
    }

    boolean bounces(String address) {
        return undeliverable.contains(address);
    }

    boolean keepsContent() {
        return keepsContent;
    }

    /** From now on emails are counted and forgotten. */
    public void countOnly() {
        keepsContent = false;
    }

    /** Forgets all mail and what was used of quotas. */
    public void clear() {
        byUser.clear();
        throttles.clear();
        delivered.clear();
    }
}
