package dev.postrider.door.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that says how something ended, and what to do.
 *
 * @param asker who asked; null where nobody is to be told
 * @param sign {@code good} or {@code bad}
 * @param forAdmin to be copied
 * @param retries what can be tried again
 */
public record MessagePage(
        @Nullable String asker,
        @Nullable String initial,
        String sign,
        String title,
        String text,
        @Nullable String todo,
        @Nullable ForAdmin forAdmin,
        String reference,
        String formToken,
        List<Choice> retries,
        List<Choice> links) {
    public MessagePage {
        retries = List.copyOf(retries);
        links = List.copyOf(links);
    }

    /** What an administrator needs. */
    public record ForAdmin(String label, String text) {
        public int rows() {
            return Math.clamp(text.length() / 32 + 1, 2, 16);
        }
    }
}
