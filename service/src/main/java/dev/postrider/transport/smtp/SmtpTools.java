package dev.postrider.transport.smtp;

import dev.postrider.http.Fields;
import dev.postrider.smtp.HostLimits;
import dev.postrider.transport.ContentSource;
import dev.postrider.transport.Setup;

/**
 * What all mailboxes with a submission server share.
 *
 * @param hosts how many connections each host takes, as found out: for the whole program
 */
record SmtpTools(
        KnownProviders providers,
        CheckServer check,
        ReachServer reach,
        HostLimits hosts,
        ReadResult read,
        ExplainLogin explain,
        ContentSource contents) {

    /** The settings of a request, once their server may be connected to. */
    Setup checked(ReadSmtp.Read read, Fields settings) throws InterruptedException {
        if (settings.areValid()) {
            check.check(read.settings().server(), settings);
        }
        return new Setup(new SmtpTransport(this, read.settings()), read.password());
    }
}
