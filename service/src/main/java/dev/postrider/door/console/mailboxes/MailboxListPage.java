package dev.postrider.door.console.mailboxes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param here the page itself, as it was asked for
 * @param attention those that are held or rest, on the first page of all
 * @param newer where the page before is
 * @param older where the next page is
 */
public record MailboxListPage(
        String here,
        Counts counts,
        Filter filter,
        List<MailboxRow> attention,
        List<MailboxRow> rows,
        @Nullable String newer,
        @Nullable String older) {
    public MailboxListPage {
        attention = List.copyOf(attention);
        rows = List.copyOf(rows);
    }

    /** How many there are. */
    public record Counts(long active, long held, long paused, long resting) {
        public long all() {
            return active + held + paused;
        }

        public String text() {
            var pausing =
                    resting == 0
                            ? ""
                            : " (%d of them at a limit or waiting for a server)".formatted(resting);
            return "%d %s%s, %d %s attention, %d paused."
                    .formatted(
                            active,
                            active == 1 ? "sends" : "send",
                            pausing,
                            held,
                            held == 1 ? "needs" : "need",
                            paused);
        }
    }

    /** What was looked for. */
    public record Filter(String search, String state, String provider) {
        public boolean isEmpty() {
            return search.isEmpty() && state.isEmpty() && provider.isEmpty();
        }
    }
}
