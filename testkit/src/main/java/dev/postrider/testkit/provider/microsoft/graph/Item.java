package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message in a mailbox, whose folder depends on the time: before it is sent it is a draft, then
 * it waits for transport, then it is in Sent Items. Its own lock guards it.
 */
final class Item {
    private final String immutableId = "AAkALg" + Secrets.token(45);
    private final String draftId = "AAMkAG" + Secrets.token(60);
    private final String filedId = "AAMkAG" + Secrets.token(60);
    private final String conversationId;
    private final List<Attachment> attachments = new ArrayList<>();
    private final boolean received;
    private RawFields fields;
    private Instant at;
    private Optional<Instant> acceptedAt = Optional.empty();
    private Instant filedAt = Instant.MAX;
    private boolean kept = true;

    private Item(RawFields fields, String conversationId, Instant at, boolean received) {
        this.fields = fields;
        this.conversationId = conversationId;
        this.at = at;
        this.received = received;
    }

    static Item draft(RawFields fields, String conversationId, Instant now) {
        return new Item(fields, conversationId, now, false);
    }

    /** In the Inbox, from that time on. */
    static Item received(RawFields fields, String conversationId, Instant from) {
        var item = new Item(fields, conversationId, from, true);
        item.filedAt = from;
        return item;
    }

    /** False when it has been before. */
    synchronized boolean accept(Instant now, Instant filed, boolean keep) {
        if (acceptedAt.isPresent()) {
            return false;
        }
        at = now;
        acceptedAt = Optional.of(now);
        filedAt = filed;
        kept = keep;
        return true;
    }

    synchronized boolean isAccepted() {
        return acceptedAt.isPresent();
    }

    synchronized boolean isDraft(Instant now) {
        return !received && now.isBefore(filedAt);
    }

    /** Empty when it can't be seen now. */
    synchronized Optional<Folder> folder(Instant now) {
        if (now.isBefore(filedAt)) {
            return received ? Optional.empty() : Optional.of(Folder.DRAFTS);
        }
        if (received) {
            return Optional.of(Folder.INBOX);
        }
        return kept ? Optional.of(Folder.SENT_ITEMS) : Optional.empty();
    }

    /** An id changes with the folder, unless the client asks for immutable ones. */
    synchronized String id(Instant now, boolean immutable) {
        if (immutable) {
            return immutableId;
        }
        return now.isBefore(filedAt) ? draftId : filedId;
    }

    synchronized boolean isCalled(String id, Instant now) {
        return id.equals(immutableId) || id.equals(id(now, false));
    }

    String conversationId() {
        return conversationId;
    }

    synchronized RawFields fields() {
        return fields;
    }

    synchronized void change(RawFields other) {
        fields = other;
    }

    synchronized void attach(Attachment file) {
        attachments.add(file);
    }

    synchronized List<Attachment> attachments() {
        return List.copyOf(attachments);
    }

    synchronized Instant at() {
        return at;
    }

    /** For tests: as it will be filed, whether it has been filed or not. */
    synchronized StoredMessage stored() {
        Folder folder = received ? Folder.INBOX : isAccepted() ? Folder.SENT_ITEMS : Folder.DRAFTS;
        return new StoredMessage(
                immutableId, conversationId, Set.of(folder.displayName()), at, fields);
    }
}
