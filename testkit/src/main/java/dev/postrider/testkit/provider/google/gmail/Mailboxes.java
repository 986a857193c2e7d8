package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All users' mail, and the copies that went to anybody. Safe for concurrent use. With content it
 * keeps all of it in memory; a bench lets it count only.
 */
public final class Mailboxes {
    private final Map<String, Mailbox> bySubject = new ConcurrentHashMap<>();
    private final Map<String, UsedQuota> quotas = new ConcurrentHashMap<>();
    private final Map<String, List<StoredMessage>> delivered = new ConcurrentHashMap<>();
    private volatile boolean keepsContent = true;

    Mailbox of(GoogleUser user) {
        return bySubject.computeIfAbsent(user.subject(), any -> new Mailbox());
    }

    UsedQuota quota(GoogleUser user) {
        return quotas.computeIfAbsent(user.subject(), any -> new UsedQuota());
    }

    /** In the order in which they were accepted, as the user sees them: with Bcc. */
    public List<StoredMessage> sent(GoogleUser user) {
        return of(user).with(Mailbox.SENT);
    }

    public List<StoredMessage> inbox(GoogleUser user) {
        return of(user).with(Mailbox.INBOX);
    }

    /** The ids of drafts and what is in them. */
    public Map<String, StoredMessage> drafts(GoogleUser user) {
        return of(user).drafts();
    }

    /** What an address got, wherever it is. */
    public List<StoredMessage> delivered(String address) {
        return List.copyOf(delivered.getOrDefault(address.toLowerCase(Locale.ROOT), List.of()));
    }

    void deliver(String address, StoredMessage copy) {
        delivered.computeIfAbsent(address, any -> new CopyOnWriteArrayList<>()).add(copy);
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
        bySubject.clear();
        quotas.clear();
        delivered.clear();
    }
}
