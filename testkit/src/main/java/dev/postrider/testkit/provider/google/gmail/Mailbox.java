package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A user's messages and drafts. Its own lock guards it. */
final class Mailbox {
    static final String SENT = "SENT";
    static final String INBOX = "INBOX";
    static final String DRAFT = "DRAFT";

    private final List<StoredMessage> messages = new ArrayList<>();
    private final Map<String, StoredMessage> drafts = new LinkedHashMap<>();

    /** The last ones first. */
    synchronized List<StoredMessage> newestFirst(Set<String> labels) {
        return messages.reversed().stream()
                .filter(message -> message.labels().containsAll(labels))
                .sorted(Comparator.comparing(StoredMessage::at).reversed())
                .toList();
    }

    /** In the order in which they came. */
    synchronized List<StoredMessage> with(String label) {
        return messages.stream().filter(message -> message.labels().contains(label)).toList();
    }

    synchronized Optional<StoredMessage> find(String id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }

    synchronized List<StoredMessage> thread(String threadId) {
        return messages.stream().filter(message -> message.threadId().equals(threadId)).toList();
    }

    synchronized StoredMessage add(
            Optional<String> threadId, Set<String> labels, Instant now, RawFields fields) {
        var message = message(threadId, labels, now, fields);
        messages.add(message);
        return message;
    }

    synchronized String addDraft(Optional<String> threadId, Instant now, RawFields fields) {
        String id = "r" + Secrets.digits(18);
        drafts.put(id, message(threadId, Set.of(DRAFT), now, fields));
        return id;
    }

    synchronized Map<String, StoredMessage> drafts() {
        return new LinkedHashMap<>(drafts);
    }

    synchronized Optional<StoredMessage> draft(String id) {
        return Optional.ofNullable(drafts.get(id));
    }

    synchronized Optional<StoredMessage> removeDraft(String id) {
        return Optional.ofNullable(drafts.remove(id));
    }

    synchronized void putBack(String id, StoredMessage draft) {
        drafts.put(id, draft);
    }

    private static StoredMessage message(
            Optional<String> threadId, Set<String> labels, Instant now, RawFields fields) {
        String id = Secrets.hex(8);
        return new StoredMessage(id, threadId.orElse(id), labels, now, fields);
    }
}
