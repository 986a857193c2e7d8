package dev.postrider.door.console.people;

import dev.postrider.door.console.Filled;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param mayChange whether its viewer may: only owners change owners
 * @param link that was just made
 */
public record PersonPage(
        String formToken,
        PersonView person,
        boolean mayChange,
        boolean mayMakeOwners,
        Filled filled,
        PeoplePage.@Nullable TicketLink link) {}
