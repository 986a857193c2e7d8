package dev.postrider.doctor;

import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Whether mail servers are reached: many clouds and home networks close the ports that spam uses.
 *
 * @param servers each of which is expected to answer; those of one use stand for each other
 */
public record CheckSmtpPorts(OutboundGuard guard, List<Server> servers) implements Check {
    private static final int PATIENCE = 5000;
    private static final int MOST_ADDRESSES = 16;
    private static final String NO_ANSWER = "no greeting within " + PATIENCE / 1000 + " seconds";
    private static final String NO_ADDRESS = "its name has no address at the moment";
    private static final UUID NOBODY = new UUID(0, 0);

    /**
     * A well-known server.
     *
     * @param isNeeded whether people's mailboxes usually send through this port
     */
    public record Server(String host, int port, boolean isNeeded) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Those that everybody can reach. */
    public static final List<Server> USUAL =
            List.of(
                    new Server("smtp.gmail.com", 465, true),
                    new Server("smtp.gmail.com", 587, true),
                    new Server("smtp.office365.com", 587, true),
                    new Server("gmail-smtp-in.l.google.com", 25, false));

    public CheckSmtpPorts {
        servers = List.copyOf(servers);
    }

    @Override
    public String about() {
        return "Mail servers";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        var faults = faults();
        var needed = servers.stream().filter(Server::isNeeded).count();
        var closed = 0;
        for (var i = 0; i < servers.size(); i++) {
            if (servers.get(i).isNeeded() && faults.get(i).isPresent()) {
                closed++;
            }
        }
        var found = new ArrayList<Finding>();
        for (var i = 0; i < servers.size(); i++) {
            found.add(finding(servers.get(i), faults.get(i), closed == needed));
        }
        return found;
    }

    /** At once: a closed port is noticed by nothing but time. */
    private List<Optional<String>> faults() throws InterruptedException, ExecutionException {
        var asked =
                servers.stream()
                        .map(server -> (Callable<Optional<String>>) () -> fault(server))
                        .toList();
        return AtOnce.look(Examine.OF_A_CHECK, asked).stream()
                .map(fault -> fault.orElse(Optional.of(NO_ADDRESS)))
                .toList();
    }

    private static Finding finding(Server server, Optional<String> fault, boolean areAllClosed) {
        var id = "smtp-" + server.port();
        if (fault.isEmpty()) {
            return Finding.ok(id, server + " answers.");
        }
        var text = server + " isn't reached: " + fault.get() + ".";
        if (!server.isNeeded()) {
            return Finding.ok(
                    id + "-closed",
                    text
                            + " Clouds and home networks usually close this port. Only a mailbox whose"
                            + " server listens on it alone needs it.");
        }
        var why = "Mailboxes whose servers listen there can't send; their mail waits.";
        var advice =
                fault.get().equals(NO_ADDRESS)
                        ? "See what is said of names above."
                        : "Open outgoing TCP port "
                                + server.port()
                                + " in the firewall, or ask whoever runs the network or cloud.";
        return areAllClosed
                ? Finding.problem(id + "-closed", text, why, advice)
                : Finding.warning(id + "-closed", text, why, advice);
    }

    /** What keeps its greeting from us; empty when it comes. */
    private Optional<String> fault(Server server) throws InterruptedException, ExecutionException {
        return switch (guard.resolve(NOBODY, server.host())) {
            case Resolution.Refused(var reason) -> Optional.of(reason.replaceAll("\\.$", ""));
            case Resolution.Unresolved _ -> Optional.of(NO_ADDRESS);
            case Resolution.Reachable(var addresses) -> fault(server, addresses);
        };
    }

    /**
     * All at once: a machine without IPv6 reaches those of IPv4, and mail goes to those as well.
     */
    private static Optional<String> fault(Server server, List<InetAddress> addresses)
            throws InterruptedException, ExecutionException {
        var asked =
                addresses.stream()
                        .limit(MOST_ADDRESSES)
                        .map(each -> (Callable<Optional<String>>) () -> fault(server, each))
                        .toList();
        var faults =
                AtOnce.look(Duration.ofMillis(PATIENCE), asked).stream()
                        .map(fault -> fault.orElse(Optional.of(NO_ANSWER)))
                        .toList();
        return faults.contains(Optional.<String>empty()) ? Optional.empty() : faults.getFirst();
    }

    private static Optional<String> fault(Server server, InetAddress address) {
        var place = new InetSocketAddress(address, server.port());
        try (var socket = connect(place, server)) {
            socket.setSoTimeout(PATIENCE);
            var greeting =
                    new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            return greeting.equals("220")
                    ? Optional.empty()
                    : Optional.of("what answers there is no mail server; something is in between");
        } catch (IOException e) {
            return Optional.of(Fetch.reason(e));
        }
    }

    private static Socket connect(InetSocketAddress place, Server server) throws IOException {
        if (server.port() == 465) {
            return TrustAnyone.connect(place, PATIENCE);
        }
        var socket = new Socket();
        try {
            socket.connect(place, PATIENCE);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
