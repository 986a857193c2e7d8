package dev.postrider.door.console.mailboxes;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param way which form was filled in: password, link, app or sandbox; empty for none
 * @param found what is known of the server of an address
 * @param hasLinks whether links can be made here
 * @param apps that have access by themselves, for an owner or admin to use
 * @param people who are suggested to an owner or admin; empty for a member
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
        List<Option> apps,
        List<String> people,
        @Nullable NewLink link) {
    public NewMailboxPage {
        options = List.copyOf(options);
        apps = List.copyOf(apps);
        people = List.copyOf(people);
    }

    /**
     * A server that was looked for.
     *
     * @param fill where it stands in the form; empty when the API finds it by itself
     */
    public record Found(String text, @Nullable String fill) {}

    /** A way that a link may offer, or an app. */
    public record Option(String value, String label, boolean isChosen) {}

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
