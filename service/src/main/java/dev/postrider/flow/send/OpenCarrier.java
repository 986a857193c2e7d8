package dev.postrider.flow.send;

import dev.postrider.email.LaneKey;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.ReachServer;
import dev.postrider.mailbox.Transport;
import java.time.InstantSource;

/** Opens the carrier that a mailbox's transport asks for. */
public final class OpenCarrier {
    private final Mailboxes mailboxes;
    private final ReachServer reach;
    private final InstantSource clock;
    private final ReadResult read = new ReadResult(ReplyRules.load());

    public OpenCarrier(Mailboxes mailboxes, ReachServer reach, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.reach = reach;
        this.clock = clock;
    }

    public LaneCarrier lane(LaneKey lane) {
        return new LaneCarrier(lane, mailboxes, this);
    }

    Carrier open(Mailbox mailbox, Transport transport) {
        return switch (transport) {
            case Transport.Sandbox _ -> new SandboxCarrier(mailboxes, mailbox, clock);
            case Transport.Smtp(var server, var login) ->
                    new SmtpCarrier(
                            reach.connector(server, new JournalConnections(mailbox.id())),
                            ReachServer.server(mailbox, server),
                            ReachServer.credentials(login),
                            read,
                            clock);
        };
    }
}
