package dev.postrider.flow.send;

import dev.postrider.email.LaneKey;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Opened;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lane's carrier for as long as a node serves the lane: opened at the first email, kept while the
 * mailbox's settings stay, opened anew when they change. For one thread.
 */
public final class LaneCarrier implements AutoCloseable {
    private final LaneKey lane;
    private final Mailboxes mailboxes;
    private final OpenCarrier carriers;
    private @Nullable Carrier carrier;
    private Instant settingsOf = Instant.MIN;

    LaneCarrier(LaneKey lane, Mailboxes mailboxes, OpenCarrier carriers) {
        this.lane = lane;
        this.mailboxes = mailboxes;
        this.carriers = carriers;
    }

    /** Whether the mailbox sends now. */
    public sealed interface Ready {
        /**
         * It sends.
         *
         * @param mailbox as it was loaded
         */
        record Sending(Carrier carrier, Mailbox mailbox) implements Ready {}

        /**
         * It is held or paused, or gone: its mail waits.
         *
         * @param held why it is held; empty when it isn't
         */
        record NotSending(Optional<String> held) implements Ready {}
    }

    public Ready ready() {
        Optional<Opened> opened = mailboxes.load(lane.workspaceId(), lane.mailboxId());
        return opened.isEmpty() ? new Ready.NotSending(Optional.empty()) : ready(opened.get());
    }

    private Ready ready(Opened opened) {
        return switch (opened.mailbox().state()) {
            case MailboxState.Active _ -> active(opened);
            case MailboxState.Held(var reason) -> new Ready.NotSending(Optional.of(reason));
            case MailboxState.Paused _ -> new Ready.NotSending(Optional.empty());
        };
    }

    private Ready active(Opened opened) {
        return switch (opened) {
            case Opened.Unreadable(var mailbox, var reason) -> {
                mailboxes.hold(mailbox, reason);
                yield new Ready.NotSending(Optional.of(reason));
            }
            case Opened.Ready ready -> new Ready.Sending(current(ready), ready.mailbox());
        };
    }

    private Carrier current(Opened.Ready opened) {
        Mailbox mailbox = opened.mailbox();
        if (carrier == null || !mailbox.updatedAt().equals(settingsOf)) {
            close();
            settingsOf = mailbox.updatedAt();
            carrier = carriers.open(mailbox, opened.transport());
        }
        return carrier;
    }

    @Override
    public void close() {
        if (carrier != null) {
            carrier.close();
            carrier = null;
        }
    }
}
