package dev.postrider.mailbox.notify;

import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.connect.ConnectLinks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connect links for a mailbox that is there. */
@Singleton
public final class MakeReconnectLinks implements ReconnectLinks {
    private final ConnectLinks links;

    public MakeReconnectLinks(ConnectLinks links) {
        this.links = links;
    }

    @Override
    public Optional<URI> make(Handle handle, Mailbox mailbox, Duration goodFor) {
        return links.reconnect(handle, mailbox, goodFor);
    }
}
