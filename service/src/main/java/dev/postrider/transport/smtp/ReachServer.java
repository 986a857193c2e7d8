package dev.postrider.transport.smtp;

import dev.postrider.credential.MailboxLogin;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Observer;
import dev.postrider.smtp.connect.Resolver;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the SMTP client needs to reach a mailbox's server, and only addresses that may be reached.
 */
@Singleton
public final class ReachServer {
    private final OutboundGuard guard;
    private final EhloName ehlo;
    private final Quirks quirks = new Quirks();
    private final SharedTrust trust = new SharedTrust();

    public ReachServer(OutboundGuard guard, EhloName ehlo) {
        this.guard = guard;
        this.ehlo = ehlo;
    }

    /**
     * Opens connections to the server, at addresses that the guard has checked.
     *
     * @param workspace whose mailbox it is
     */
    public Connector connector(UUID workspace, SmtpServer server, Observer observer) {
        Resolver guarded = _ -> addresses(workspace, server);
        return new Connector(guarded, observer, quirks);
    }

    /** The server as the client knows it. */
    Server server(SmtpServer given) {
        var security =
                switch (given.tls()) {
                    case STARTTLS -> Security.STARTTLS;
                    case IMPLICIT -> Security.IMPLICIT_TLS;
                    case NONE -> Security.NONE;
                };
        var server =
                Server.of(given.host(), given.port(), security)
                        // no TLS at all is only for servers that the operator lists
                        .withLoginWithoutTls(security == Security.NONE)
                        .withEhloName(ehlo.name());
        return given.ca().map(pem -> server.withTrust(trust.authority(pem))).orElse(server);
    }

    public static Credentials credentials(Optional<MailboxLogin> login) {
        return login.<Credentials>map(
                        each -> new Credentials.Password(each.username(), each.password()))
                .orElseGet(Credentials.None::new);
    }

    private List<InetAddress> addresses(UUID workspace, SmtpServer server) throws IOException {
        try {
            return switch (server.resolve(guard, workspace)) {
                case Resolution.Reachable(var addresses) -> addresses;
                case Resolution.Refused(var reason) -> throw new IOException(reason);
                case Resolution.Unresolved(var reason) -> throw new IOException(reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("The look-up was interrupted.");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
