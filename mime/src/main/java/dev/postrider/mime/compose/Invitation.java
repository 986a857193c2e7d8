package dev.postrider.mime.compose;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A calendar invitation, or an answer to one (iTIP by email, RFC 6047): it becomes an alternative
 * of the text, where calendar programs look for it.
 *
 * @param method the iTIP method, for example {@code REQUEST} or {@code CANCEL}; it must be the
 *     {@code METHOD} that the iCalendar text says
 * @param ics the iCalendar text (RFC 5545)
 * @param attached whether to add it as the file {@code invite.ics} too, for readers that don't know
 *     invitations
 */
public record Invitation(String method, String ics, boolean attached) {
    /** RFC 5546 section 1.4. */
    private static final Set<String> METHODS =
            Set.of(
                    "PUBLISH REQUEST REPLY ADD CANCEL REFRESH COUNTER DECLINECOUNTER"
                            .split(" ", -1));

    /** What would keep calendar programs from reading it, first of all; null if nothing would. */
    @Nullable String flaw() {
        String upper = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(upper)) {
            return "The method must be one of iTIP's, such as REQUEST or CANCEL (RFC 5546).";
        }
        if (!hasLine("BEGIN:VCALENDAR")) {
            return "The iCalendar text has no line BEGIN:VCALENDAR.";
        }
        return hasLine("METHOD:" + upper)
                ? null
                : "The iCalendar text must have the line METHOD:" + upper + " (RFC 6047 2.4).";
    }

    private boolean hasLine(String line) {
        return ics.lines().anyMatch(found -> found.strip().equalsIgnoreCase(line));
    }
}
