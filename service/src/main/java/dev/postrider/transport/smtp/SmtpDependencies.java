package dev.postrider.transport.smtp;

import dev.postrider.http.Fields;
import dev.postrider.smtp.pool.HostLimits;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.TransportSetup;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import dev.postrider.transport.smtp.reply.ExplainLogin;
import dev.postrider.transport.smtp.reply.InterpretResult;
import java.util.UUID;

/**
 * What all mailboxes with a submission server share.
 *
 * @param hosts how many connections each host takes, as found out: for the whole program
 */
record SmtpDependencies(
        KnownProviders providers,
        CheckServer check,
        ReachServer reach,
        HostLimits hosts,
        InterpretResult read,
        ExplainLogin explain,
        ContentSource contents) {

    /** The settings of a request, once their server may be connected to. */
    TransportSetup checked(UUID workspace, ParseSmtp.Read read, Fields settings)
            throws InterruptedException {
        if (settings.areValid()) {
            check.check(workspace, read.settings().server(), settings);
        }
        return new TransportSetup(new SmtpTransport(this, read.settings()), read.password());
    }
}
