package dev.postrider.flow.send;

import dev.postrider.flow.store.find.StoredContents;
import dev.postrider.mailbox.KnownProviders;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.ReachServer;
import dev.postrider.mailbox.SendingLimits;
import dev.postrider.mailbox.Transport;
import dev.postrider.postgres.Database;

/** Opens the carrier that a mailbox's transport asks for. */
public final class OpenCarrier {
    private final Mailboxes mailboxes;
    private final ReachServer reach;
    private final KnownProviders providers;
    private final ReadResult read = new ReadResult(ReplyRules.load());
    private final StoredContents contents;

    public OpenCarrier(
            Database database, Mailboxes mailboxes, ReachServer reach, KnownProviders providers) {
        this.contents = new StoredContents(database);
        this.mailboxes = mailboxes;
        this.reach = reach;
        this.providers = providers;
    }

    /** A mailbox's limits: its provider's, or its own where it has some. */
    public SendingLimits limits(Mailbox mailbox) {
        return providers.limits(mailbox);
    }

    public Carrier open(Mailbox mailbox, Transport transport, SendingLimits limits) {
        return switch (transport) {
            case Transport.Sandbox _ -> new SandboxCarrier(mailboxes, mailbox, contents);
            case Transport.Smtp(var server, var login) ->
                    new SmtpCarrier(
                            reach.connector(server, new JournalConnections(mailbox.id())),
                            ReachServer.server(mailbox, server),
                            ReachServer.credentials(login),
                            limits.connections(),
                            read,
                            contents);
        };
    }
}
