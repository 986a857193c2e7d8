package dev.postrider.flow.send;

import dev.postrider.email.LaneKey;
import dev.postrider.mailbox.Login;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.OutboundGuard;
import dev.postrider.mailbox.Resolution;
import dev.postrider.mailbox.SmtpServer;
import dev.postrider.mailbox.Transport;
import dev.postrider.smtp.Connector;
import dev.postrider.smtp.Credentials;
import dev.postrider.smtp.Resolver;
import dev.postrider.smtp.Security;
import dev.postrider.smtp.Server;
import dev.postrider.smtp.Trust;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;

/** Opens the carrier that a mailbox's transport asks for. */
public final class OpenCarrier {
    private final Mailboxes mailboxes;
    private final OutboundGuard guard;
    private final InstantSource clock;
    private final ReadResult read = new ReadResult(ReplyRules.load());

    public OpenCarrier(Mailboxes mailboxes, OutboundGuard guard, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.guard = guard;
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
                            new Connector(resolver(server), new JournalConnections(mailbox.id())),
                            server(mailbox, server),
                            login.map(OpenCarrier::credentials).orElseGet(Credentials::none),
                            read,
                            clock);
        };
    }

    private static Credentials credentials(Login login) {
        return Credentials.password(login.username(), login.password());
    }

    private static Server server(Mailbox mailbox, SmtpServer given) {
        var security =
                switch (given.tls()) {
                    case STARTTLS -> Security.STARTTLS;
                    case IMPLICIT -> Security.IMPLICIT_TLS;
                    case NONE -> Security.NONE;
                };
        var server =
                Server.of(given.host(), given.port(), security)
                        // only where the operator allowed a connection without TLS
                        .withLoginWithoutTls(security == Security.NONE)
                        .withEhloName(domain(mailbox.address()));
        return given.ca().map(pem -> server.withTrust(Trust.authority(pem))).orElse(server);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private Resolver resolver(SmtpServer server) {
        return _ -> addresses(server);
    }

    private List<InetAddress> addresses(SmtpServer server) throws IOException {
        try {
            return switch (server.resolve(guard)) {
                case Resolution.Reachable(var addresses) -> addresses;
                case Resolution.Refused(var reason) -> throw new IOException(reason);
                case Resolution.Unresolved(var reason) -> throw new IOException(reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("The look-up was interrupted.").initCause(e);
        }
    }
}
