package dev.postrider.door.console.mailboxes;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param way which form was filled in: password, link or sandbox; empty for none
 * @param found what is known of the server of an address
 * @param hasLinks whether links can be made here
 * @param people whom an owner or admin may make a link for; empty for a member
 * @param link that was just made
 */
public record NewMailboxPage(
        String formToken,
        String way,
        Filled filled,
        @Nullable Found found,
        boolean hasLinks,
        boolean isAdmin,
        List<Option> options,
        List<Person> people,
        @Nullable NewLink link) {
    public NewMailboxPage {
        options = List.copyOf(options);
        people = List.copyOf(people);
    }

    /**
     * A server that was looked for.
     *
     * @param fill where it stands in the form; empty when the API finds it by itself
     */
    public record Found(String text, @Nullable String fill) {}

    /** A way that a link may offer. */
    public record Option(String value, String label, boolean isChosen) {}

    /** Somebody who signs in here. */
    public record Person(String id, String email, boolean isChosen) {}

    /**
     * A link that is shown once.
     *
     * @param whom who is to get it
     */
    public record NewLink(String url, Moment expires, String whom) {}

    public Filled filledFor(String form) {
        return way.equals(form) ? filled : Filled.NOTHING;
    }
}
