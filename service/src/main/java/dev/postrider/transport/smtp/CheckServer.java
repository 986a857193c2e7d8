package dev.postrider.transport.smtp;

import dev.postrider.http.Fields;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import dev.postrider.transport.smtp.discovery.KnownProviders;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Checks that a server which a user names may be connected to. */
@Singleton
public final class CheckServer {
    private final OutboundGuard guard;
    private final KnownProviders providers;

    public CheckServer(OutboundGuard guard, KnownProviders providers) {
        this.guard = guard;
        this.providers = providers;
    }

    /**
     * Looks the server up.
     *
     * @param workspace whose mailbox it is to be
     * @param smtp the part of the request that gets the errors
     */
    public void check(UUID workspace, SmtpServer server, Fields smtp) throws InterruptedException {
        switch (guard.resolve(workspace, server.host())) {
            case Resolution.Refused(var reason) -> smtp.error("host", reason);
            case Resolution.Unresolved(var reason) -> {
                // A known server's name has no slip in it: it resolves again when the network does.
                if (providers.forHost(server.host()).isEmpty()) {
                    smtp.error("host", reason);
                }
            }
            case Resolution.Reachable _ -> checkUnusual(workspace, server, smtp);
        }
    }

    private void checkUnusual(UUID workspace, SmtpServer server, Fields smtp)
            throws InterruptedException {
        if (server.isUsual()
                || guard.resolveListed(workspace, server.host()) instanceof Resolution.Reachable) {
            return;
        }
        if (server.tls() == TlsMode.NONE) {
            smtp.error(
                    "tls",
                    "\"none\" is only for servers that the operator lists in"
                            + " POSTRIDER_OUTBOUND_ALLOW: anyone on the way could read the password"
                            + " and the mail. Use \"starttls\" or \"implicit\"");
        } else {
            smtp.error(
                    "port",
                    "must be one of "
                            + SmtpServer.USUAL_PORTS.stream().sorted().toList()
                            + ", unless the operator lists the server in POSTRIDER_OUTBOUND_ALLOW");
        }
    }
}
