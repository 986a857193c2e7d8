package dev.postrider.smtp.connect;

import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.wire.LostConnection;
import dev.postrider.smtp.wire.Transcript;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens connections. Shared by any number of threads. */
public final class Connector {
    private final Resolver resolver;
    private final Observer observer;
    private final Quirks quirks;
    private final LongSupplier clock;

    public Connector(Resolver resolver, Observer observer, Quirks quirks) {
        this(resolver, observer, quirks, System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    public Connector(Resolver resolver, Observer observer, Quirks quirks, LongSupplier clock) {
        this.resolver = resolver;
        this.observer = observer;
        this.quirks = quirks;
        this.clock = clock;
    }

    /** Without a limit beyond the server's timeouts, and without a transcript. */
    public Opening open(Server server, Credentials credentials) {
        return open(server, credentials, null, null);
    }

    /**
     * Resolves, connects, encrypts and logs in. All addresses are tried until one of them answers,
     * each with its share of the time that is left.
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
        var untried = new ArrayList<>(addresses);
        Opening opening;
        do {
            Duration left = limit == null ? null : limit.minusNanos(System.nanoTime() - started);
            opening = attempt(untried, server, credentials, left, transcript);
        } while (!untried.isEmpty() && isWorthAnother(opening));
        return opening;
    }

    private static boolean isWorthAnother(Opening opening) {
        return opening instanceof Opening.Unreachable unreachable
                && unreachable.trouble() != Trouble.CANCELED
                && unreachable.trouble() != Trouble.LIMIT
                && unreachable.stage() != Stage.CONNECT
                && unreachable.stage() != Stage.LOGIN;
    }

    /** Tries the first of the addresses that can be connected to, and takes it off the list. */
    private Opening attempt(
            List<InetAddress> untried,
            Server server,
            Credentials credentials,
            @Nullable Duration limit,
            @Nullable Transcript transcript) {
        Dial.Connected connected;
        long started = System.nanoTime();
        try {
            connected =
                    new Dial(untried, server.port(), server.timeouts().connect(), limit).connect();
        } catch (IOException e) {
            LostConnection lost = LostConnection.explain(e);
            return new Opening.Unreachable(
                    Stage.CONNECT, lost.trouble(), String.valueOf(lost.getMessage()));
        }
        untried.remove(connected.address().getAddress());
        Duration share =
                limit == null
                        ? null
                        : limit.minusNanos(System.nanoTime() - started)
                                .dividedBy(untried.size() + 1);
        var wire = new Wire(connected.channel(), server.timeouts(), transcript);
        boolean open = false;
        try {
            wire.watchdog().limit(share);
            Opening opening = introduce(wire, connected.address(), server, credentials);
            open = opening instanceof Opening.Open;
            return untried.isEmpty() ? opening : notLast(opening);
        } finally {
            if (!open) {
                wire.close();
            }
        }
    }

    /** Its share of the time has passed, but not the whole. */
    private static Opening notLast(Opening opening) {
        return opening instanceof Opening.Unreachable share && share.trouble() == Trouble.LIMIT
                ? new Opening.Unreachable(share.stage(), Trouble.TIMEOUT, share.detail())
                : opening;
    }

    private Opening introduce(
            Wire wire, InetSocketAddress address, Server server, Credentials credentials) {
        var introduction = new Introduction(wire, server, credentials, quirks);
        try {
            Session session = introduction.run(address);
            wire.watchdog().rest();
            return new Opening.Open(
                    new Connection(
                            wire,
                            session,
                            reason -> observer.closed(session, reason),
                            quirks,
                            clock));
        } catch (OpeningFailed e) {
            if (introduction.stage() != Stage.TLS) {
                wire.sayGoodbye();
            }
            return e.failed();
        } catch (BrokenProtocol e) {
            return new Opening.ProtocolBroken(introduction.stage(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LostConnection lost = wire.lost(e);
            if (lost.trouble() == Trouble.TLS) {
                return new Opening.TlsFailed(
                        TlsTrouble.HANDSHAKE,
                        "The server ended TLS ("
                                + introduction.stage().words()
                                + "): "
                                + lost.getMessage());
            }
            return new Opening.Unreachable(
                    introduction.stage(),
                    lost.trouble(),
                    address + ", " + introduction.stage().words() + ": " + lost.getMessage());
        }
    }

    private static Opening noAddress(Server server, @Nullable String reason) {
        String detail = "There is no address for " + server.host() + ": " + reason;
        return new Opening.Unreachable(Stage.RESOLVE, Trouble.DNS, detail);
    }
}
