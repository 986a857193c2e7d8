package dev.postrider.transport.smtp;

import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A mailbox's submission server.
 *
 * @param host its name, or an IP address without brackets
 * @param ca the private authority that its certificate must come from, as PEM; empty for the
 *     system's
 */
public record SmtpServer(String host, int port, TlsMode tls, Optional<String> ca) {
    /** Where submission servers are reached, by the standards (25, 465, 587) or by habit. */
    static final Set<Integer> USUAL_PORTS = Set.of(25, 465, 587, 2465, 2525, 2587);

    /**
     * The addresses to connect to, each time anew: what was public when the mailbox was connected
     * may not be now. Without TLS, or at an unusual port, only addresses that the operator lists.
     *
     * @param workspace whose mailbox it is
     */
    public Resolution resolve(OutboundGuard guard, UUID workspace) throws InterruptedException {
        return isUsual() ? guard.resolve(workspace, host) : guard.resolveListed(workspace, host);
    }

    boolean isUsual() {
        return tls != TlsMode.NONE && USUAL_PORTS.contains(port);
    }
}
