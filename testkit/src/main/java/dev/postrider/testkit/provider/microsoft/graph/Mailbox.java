package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.mail.RawFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A user's items. Its own lock guards it. */
final class Mailbox {
    private final List<Item> items = new ArrayList<>();

    synchronized void add(Item item) {
        items.add(item);
    }

    synchronized void remove(Item item) {
        items.remove(item);
    }

    synchronized Optional<Item> find(String id, Instant now) {
        return items.stream()
                .filter(item -> item.folder(now).isPresent())
                .filter(item -> item.isCalled(id, now))
                .findFirst();
    }

    /** The newest first. */
    synchronized List<Item> in(Folder folder, Instant now) {
        return items.stream()
                .filter(item -> item.folder(now).equals(Optional.of(folder)))
                .sorted(Comparator.comparing(Item::at).reversed())
                .toList();
    }

    /** Whatever the time. */
    synchronized List<Item> all() {
        return List.copyOf(items);
    }

    /** That of the mail which this one answers, if it is here. */
    synchronized Optional<String> conversation(RawFields fields) {
        String references =
                fields.get("In-Reply-To").orElse("") + " " + fields.get("References").orElse("");
        if (references.isBlank()) {
            return Optional.empty();
        }
        return items.stream()
                .filter(item ->
                        item.fields()
                                .get("Message-ID")
                                .filter(id -> !id.isEmpty() && references.contains(id))
                                .isPresent())
                .map(Item::conversationId)
                .findFirst();
    }
}
