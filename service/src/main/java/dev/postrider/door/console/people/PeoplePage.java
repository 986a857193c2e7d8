package dev.postrider.door.console.people;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param showsExternal whether it shows the application's own users
 * @param mayMakeOwners whether its viewer is one
 * @param invited who was just invited
 * @param newer where the page before is
 * @param older where the next page is
 */
public record PeoplePage(
        String formToken,
        boolean showsExternal,
        String search,
        List<PersonView> people,
        boolean mayMakeOwners,
        Filled filled,
        @Nullable TicketLink invited,
        @Nullable String newer,
        @Nullable String older) {
    public PeoplePage {
        people = List.copyOf(people);
    }

    /** A way to a password, shown once. */
    public record TicketLink(String name, String url, Moment expires) {
        @Override
        public String toString() {
            return "(a link to choose a password)";
        }
    }
}
