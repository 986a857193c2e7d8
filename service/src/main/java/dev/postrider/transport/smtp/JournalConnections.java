package dev.postrider.transport.smtp;

import dev.postrider.log.Journal;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;
import java.util.UUID;

/** Writes what happens to a mailbox's connections into the log. */
public final class JournalConnections implements Observer {
    private static final Journal JOURNAL = Journal.of("smtp");

    private final UUID mailboxId;

    public JournalConnections(UUID mailboxId) {
        this.mailboxId = mailboxId;
    }

    @Override
    public void opened(Session session) {
        var tls = session.tls();
        JOURNAL.event(
                "connected",
                "mailbox",
                mailboxId,
                "server",
                session.server().host() + ":" + session.server().port(),
                "address",
                session.address().getHostAddress(),
                "tls",
                tls == null ? "none" : tls.version(),
                "login",
                session.mechanism() == null ? "none" : session.mechanism());
    }

    @Override
    public void failed(Server server, Opening.Failed failed) {
        JOURNAL.warning(
                "not connected",
                "mailbox",
                mailboxId,
                "server",
                server.host() + ":" + server.port(),
                "reason",
                failed.detail());
    }

    @Override
    public void closed(Session session, String reason) {
        JOURNAL.event(
                "disconnected",
                "mailbox",
                mailboxId,
                "server",
                session.server().host() + ":" + session.server().port(),
                "reason",
                reason);
    }
}
