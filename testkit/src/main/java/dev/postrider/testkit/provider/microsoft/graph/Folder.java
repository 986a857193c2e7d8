package dev.postrider.testkit.provider.microsoft.graph;

import java.util.Locale;
import java.util.Optional;

/** Well-known folders. */
enum Folder {
    DRAFTS("Drafts"),
    SENT_ITEMS("Sent Items"),
    INBOX("Inbox");

    private final String displayName;

    Folder(String displayName) {
        this.displayName = displayName;
    }

    String displayName() {
        return displayName;
    }

    /** As paths have it: {@code sentitems}. */
    String path() {
        return displayName.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    static Optional<Folder> of(String path) {
        for (Folder folder : values()) {
            if (folder.path().equals(path.toLowerCase(Locale.ROOT))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
