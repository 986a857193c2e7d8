package dev.postrider.mailbox.notify;

import dev.postrider.mailbox.Mailbox;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes links by which a mailbox's user connects it again. */
public interface ReconnectLinks {
    /**
     * Longer than all retries of a webhook's call take: a link that is told is good when it
     * arrives.
     */
    Duration GOOD_FOR = Duration.ofDays(7);

    /**
     * A link whose token stands nowhere but in its URL.
     *
     * @return empty where none can be made: nobody has said where browsers reach this program
     */
    Optional<URI> make(Handle handle, Mailbox mailbox, Duration goodFor);
}
