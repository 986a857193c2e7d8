package dev.postrider.smtp.message;

import dev.postrider.smtp.wire.Syntax;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One forward-path.
 *
 * @param address without angle brackets; IllegalArgumentException if it could leave its brackets
 * @param notifications when a notification is wanted, empty for the server's own choice; left out
 *     where DSN isn't announced
 * @param original the address that the sender wrote, for the notification (RFC 3461 section 4.2),
 *     or null
 */
public record Recipient(String address, Set<Notify> notifications, @Nullable String original) {

    public Recipient {
        Syntax.requireMailbox(address);
        if (original != null) {
            Syntax.requireMailbox(original);
        }
        notifications = Set.copyOf(notifications);
        if (notifications.contains(Notify.NEVER) && notifications.size() > 1) {
            throw new IllegalArgumentException("NEVER stands alone (RFC 3461 section 4.1)");
        }
    }

    public static Recipient of(String address) {
        return new Recipient(address, Set.of(), null);
    }

    /** In the order of the enum, so that the same recipient always gives the same command. */
    public Set<Notify> orderedNotifications() {
        return notifications.isEmpty() ? Set.of() : EnumSet.copyOf(notifications);
    }
}
