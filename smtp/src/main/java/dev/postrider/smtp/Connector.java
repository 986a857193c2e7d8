package dev.postrider.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens connections. Shared by any number of threads. */
public final class Connector {
    private final Resolver resolver;
    private final Observer observer;
    private final LongSupplier clock;

    public Connector(Resolver resolver, Observer observer) {
        this(resolver, observer, System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    Connector(Resolver resolver, Observer observer, LongSupplier clock) {
        this.resolver = resolver;
        this.observer = observer;
        this.clock = clock;
    }

    /** Without a limit beyond the server's timeouts, and without a transcript. */
    public Opening open(Server server, Credentials credentials) {
        return open(server, credentials, null, null);
    }

    /**
     * Resolves, connects, encrypts and logs in. All addresses are tried in turn until one of them
     * answers.
     *
     * @param limit for everything together except the resolver, or null
     * @param transcript gets this connection's conversation, or null
     */
    public Opening open(
            Server server,
            Credentials credentials,
            @Nullable Duration limit,
            @Nullable Transcript transcript) {
        Opening opening = attempt(server, credentials, limit, transcript);
        switch (opening) {
            case Opening.Open open -> observer.opened(open.connection().session());
            case Opening.Failed failed -> observer.failed(server, failed);
        }
        return opening;
    }

    private Opening attempt(
            Server server,
            Credentials credentials,
            @Nullable Duration limit,
            @Nullable Transcript transcript) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(server.host());
        } catch (IOException e) {
            return noAddress(server, e.getMessage());
        }
        if (addresses.isEmpty()) {
            return noAddress(server, "it has none");
        }
        long started = System.nanoTime();
        Opening opening =
                new Opening.Unreachable(
                        Stage.CONNECT, Trouble.LIMIT, "The time that was set for it passed.");
        for (InetAddress address : addresses) {
            Duration left = limit == null ? null : limit.minusNanos(System.nanoTime() - started);
            if (left != null && !left.isPositive()) {
                return opening;
            }
            opening = attempt(address, server, credentials, left, transcript);
            boolean another =
                    opening instanceof Opening.Unreachable unreachable
                            && unreachable.trouble() != Trouble.CANCELED
                            && unreachable.stage() != Stage.LOGIN;
            if (!another) {
                return opening;
            }
        }
        return opening;
    }

    private Opening attempt(
            InetAddress address,
            Server server,
            Credentials credentials,
            @Nullable Duration limit,
            @Nullable Transcript transcript) {
        Wire wire;
        try {
            wire = new Wire(SocketChannel.open(), server.timeouts(), transcript);
        } catch (IOException e) {
            return new Opening.Unreachable(
                    Stage.CONNECT, Trouble.NO_ROUTE, String.valueOf(e.getMessage()));
        }
        boolean open = false;
        try {
            wire.watchdog().limit(limit);
            Opening opening = introduce(wire, address, server, credentials);
            open = opening instanceof Opening.Open;
            return opening;
        } finally {
            if (!open) {
                wire.close();
            }
        }
    }

    private Opening introduce(
            Wire wire, InetAddress address, Server server, Credentials credentials) {
        var socketAddress = new InetSocketAddress(address, server.port());
        var introduction = new Introduction(wire, server, credentials);
        try {
            Session session = introduction.run(socketAddress);
            wire.watchdog().rest();
            return new Opening.Open(new Connection(wire, session, observer, clock));
        } catch (OpeningFailed e) {
            if (introduction.stage() != Stage.TLS) {
                wire.sayGoodbye();
            }
            return e.failed();
        } catch (BrokenProtocol e) {
            return new Opening.ProtocolBroken(introduction.stage(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LostConnection lost = wire.lost(e);
            return new Opening.Unreachable(
                    introduction.stage(), lost.trouble(), socketAddress + ": " + lost.getMessage());
        }
    }

    private static Opening noAddress(Server server, @Nullable String reason) {
        String detail = "There is no address for " + server.host() + ": " + reason;
        return new Opening.Unreachable(Stage.RESOLVE, Trouble.DNS, detail);
    }
}
