package dev.postrider.transport;

import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.smtp.HostLimits;
import dev.postrider.transport.sandbox.SandboxConnections;
import dev.postrider.transport.smtp.JournalConnections;
import dev.postrider.transport.smtp.KnownProviders;
import dev.postrider.transport.smtp.ReachServer;
import dev.postrider.transport.smtp.ReadResult;
import dev.postrider.transport.smtp.ReplyRules;
import dev.postrider.transport.smtp.SmtpConnections;
import jakarta.inject.Singleton;

/** Opens the connections that a mailbox's transport asks for. */
@Singleton
public final class OpenConnections {
    private final Mailboxes mailboxes;
    private final ReachServer reach;
    private final KnownProviders providers;
    private final ReadResult read = new ReadResult(ReplyRules.load());
    private final ContentSource contents;
    private final HostLimits hosts = new HostLimits();

    public OpenConnections(
            ContentSource contents,
            Mailboxes mailboxes,
            ReachServer reach,
            KnownProviders providers) {
        this.contents = contents;
        this.mailboxes = mailboxes;
        this.reach = reach;
        this.providers = providers;
    }

    /** A mailbox's limits: its provider's, or its own where it has some. */
    public SendingLimits limits(Mailbox mailbox) {
        return providers.limits(mailbox);
    }

    public Connections open(Mailbox mailbox, Transport transport, SendingLimits limits) {
        return switch (transport) {
            case Transport.Sandbox _ -> new SandboxConnections(mailboxes, mailbox, contents);
            case Transport.Smtp(var server, var login) ->
                    new SmtpConnections(
                            reach.connector(server, new JournalConnections(mailbox.id())),
                            ReachServer.server(server),
                            ReachServer.credentials(login),
                            hosts,
                            limits.connections(),
                            read,
                            contents);
        };
    }
}
