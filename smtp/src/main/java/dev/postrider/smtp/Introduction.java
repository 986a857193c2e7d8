package dev.postrider.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From an address to a connection that is ready to send: connect, greeting, EHLO, TLS, login. */
final class Introduction {
    private final Wire wire;
    private final Server server;
    private final Credentials credentials;
    private Stage stage = Stage.CONNECT;

    Introduction(Wire wire, Server server, Credentials credentials) {
        this.wire = wire;
        this.server = server;
        this.credentials = credentials;
    }

    /** How far it came. */
    Stage stage() {
        return stage;
    }

    /**
     * Goes all the way.
     *
     * @throws OpeningFailed with what to tell the caller
     */
    Session run(InetSocketAddress address) throws IOException {
        wire.note("connecting to " + address);
        wire.connect(address);
        TlsDetails tls = null;
        if (server.security() == Security.IMPLICIT_TLS) {
            tls = encrypt();
        }
        greeting();
        Capabilities capabilities = hello(tls != null);
        if (server.security() == Security.STARTTLS) {
            tls = startTls(capabilities);
            // What was announced before TLS may be forged (RFC 3207 section 4.2).
            capabilities = hello(true);
        }
        String mechanism = login(capabilities, tls != null);
        return new Session(server, wire.socket().getInetAddress(), capabilities, tls, mechanism);
    }

    private TlsDetails encrypt() throws IOException {
        stage = Stage.TLS;
        return new TlsHandshake(server).over(wire);
    }

    private void greeting() throws IOException {
        stage = Stage.GREETING;
        requirePositive(wire.read(stage));
    }

    private Capabilities hello(boolean encrypted) throws IOException {
        stage = Stage.EHLO;
        Reply reply = wire.ask(stage, "EHLO " + server.ehloName());
        boolean unknown = reply.code() == 500 || reply.code() == 502;
        if (unknown && (encrypted || server.security() == Security.NONE)) {
            // RFC 5321 section 3.2: a server that doesn't know EHLO gets HELO.
            reply = wire.ask(stage, "HELO " + server.ehloName());
            requirePositive(reply);
            return new Capabilities(reply.lines().getFirst(), Map.of());
        }
        requirePositive(reply);
        return Capabilities.parse(reply, server.disregarded());
    }

    private TlsDetails startTls(Capabilities capabilities) throws IOException {
        stage = Stage.STARTTLS;
        if (!capabilities.has("STARTTLS")) {
            throw notOffered("The server doesn't offer STARTTLS on port " + server.port() + ".");
        }
        Reply reply = wire.ask(stage, "STARTTLS");
        if (reply.isPermanent()) {
            throw notOffered("The server refused STARTTLS: " + reply);
        }
        requirePositive(reply);
        return encrypt();
    }

    private static OpeningFailed notOffered(String detail) {
        return new OpeningFailed(new Opening.TlsFailed(TlsTrouble.NOT_OFFERED, detail));
    }

    /** Returns the mechanism that was used, or null without a login. */
    private @Nullable String login(Capabilities capabilities, boolean encrypted)
            throws IOException {
        stage = Stage.LOGIN;
        if (credentials instanceof Credentials.None) {
            return null;
        }
        if (!encrypted && !server.loginWithoutTls()) {
            throw new OpeningFailed(
                    new Opening.NoMechanism(
                            capabilities.mechanisms(),
                            "The connection isn't encrypted, so the credentials are kept back."));
        }
        List<Mechanism> common = Mechanisms.common(credentials, server, capabilities.mechanisms());
        for (Mechanism mechanism : common) {
            Reply reply = new Login(wire).with(mechanism);
            if (reply.isPositive()) {
                return mechanism.name();
            }
            if (reply.isTransient()) {
                throw new OpeningFailed(new Opening.Deferred(stage, reply));
            }
            // 504: announced, yet not known (RFC 4954 section 4). Anything else is about the
            // credentials.
            if (reply.code() != 504 || mechanism.equals(common.getLast())) {
                throw new OpeningFailed(new Opening.LoginRefused(mechanism.name(), reply));
            }
        }
        throw new OpeningFailed(
                new Opening.NoMechanism(
                        capabilities.mechanisms(),
                        "The server offers no way to log in with these credentials; it offers "
                                + offered(capabilities)
                                + "."));
    }

    private static String offered(Capabilities capabilities) {
        return capabilities.mechanisms().isEmpty()
                ? "none"
                : String.join(", ", capabilities.mechanisms());
    }

    private void requirePositive(Reply reply) throws IOException {
        if (reply.isTransient()) {
            throw new OpeningFailed(new Opening.Deferred(stage, reply));
        }
        if (reply.isPermanent()) {
            throw new OpeningFailed(new Opening.Refused(stage, reply));
        }
        if (!reply.isPositive()) {
            throw BrokenProtocol.unexpected(stage, reply);
        }
    }
}
