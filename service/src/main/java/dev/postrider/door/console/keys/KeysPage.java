package dev.postrider.door.console.keys;

import dev.postrider.door.console.Filled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param mailboxes suggested ones that a new key may be limited to
 * @param made the one that was just made
 * @param newer where the page before is
 * @param older where the next page is
 */
public record KeysPage(
        String formToken,
        List<KeyView> keys,
        List<String> mailboxes,
        Filled filled,
        @Nullable Made made,
        @Nullable String newer,
        @Nullable String older) {
    public KeysPage {
        keys = List.copyOf(keys);
        mailboxes = List.copyOf(mailboxes);
    }

    /**
     * A key that is shown once.
     *
     * @param base of the API's URLs
     * @param from an address that it may send as
     */
    public record Made(String token, String base, String from) {
        @Override
        public String toString() {
            return "(API key)";
        }
    }
}
