package dev.postrider.mime.compose;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what would keep calendar programs from reading an invitation. */
final class InvitationFlaw {
    /** RFC 5546 section 1.4. */
    private static final Set<String> METHODS =
            Set.of(
                    "PUBLISH",
                    "REQUEST",
                    "REPLY",
                    "ADD",
                    "CANCEL",
                    "REFRESH",
                    "COUNTER",
                    "DECLINECOUNTER");

    private InvitationFlaw() {}

    /** The first flaw, or null for a sound invitation. */
    static @Nullable String in(Invitation invitation) {
        String method = invitation.method().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            return "The method must be one of iTIP's, such as REQUEST or CANCEL (RFC 5546).";
        }
        if (!hasLine(invitation.ics(), "BEGIN:VCALENDAR")) {
            return "The iCalendar text has no line BEGIN:VCALENDAR.";
        }
        return hasLine(invitation.ics(), "METHOD:" + method)
                ? null
                : "The iCalendar text must have the line METHOD:" + method + " (RFC 6047 2.4).";
    }

    private static boolean hasLine(String ics, String line) {
        return ics.lines().anyMatch(found -> found.strip().equalsIgnoreCase(line));
    }
}
