package dev.postrider.smtp.connect;

import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.login.Login;
import dev.postrider.smtp.login.Mechanism;
import dev.postrider.smtp.login.Mechanisms;
import dev.postrider.smtp.login.ScramSha256;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Capabilities;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;
import dev.postrider.smtp.server.TlsDetails;
import dev.postrider.smtp.server.TlsLease;
import dev.postrider.smtp.wire.Trouble;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From an address to a connection that is ready to send: connect, greeting, EHLO, TLS, login. */
final class Introduction {
    private final Wire wire;
    private final Server server;
    private final Credentials credentials;
    private final Quirks quirks;
    private Stage stage = Stage.CONNECT;

    Introduction(Wire wire, Server server, Credentials credentials, Quirks quirks) {
        this.wire = wire;
        this.server = server;
        this.credentials = credentials;
        this.quirks = quirks;
    }

    Stage stage() {
        return stage;
    }

    /**
     * Goes all the way.
     *
     * @throws OpeningFailed with what to tell the caller
     */
    Session run(InetSocketAddress address) throws IOException {
        wire.note("connected to " + address);
        wire.begin();
        TlsDetails tls = null;
        Capabilities capabilities;
        if (server.security() == Security.IMPLICIT_TLS) {
            try (var lease = lease()) {
                tls = encrypt(lease);
                greeting();
                capabilities = hello(true);
            }
        } else {
            greeting();
            capabilities = hello(false);
            if (server.security() == Security.STARTTLS) {
                try (var lease = lease()) {
                    tls = startTls(capabilities, lease);
                    // What was announced before TLS may be forged (RFC 3207 section 4.2).
                    capabilities = hello(true);
                }
            }
        }
        String mechanism = login(capabilities, tls != null);
        return new Session(server, wire.socket().getInetAddress(), capabilities, tls, mechanism);
    }

    private TlsLease lease() {
        return server.trust().lease(server.host(), server.port());
    }

    private TlsDetails encrypt(TlsLease lease) throws IOException {
        stage = Stage.TLS;
        return new TlsHandshake(server, lease).over(wire);
    }

    private void greeting() throws IOException {
        stage = Stage.GREETING;
        requirePositive(wire.read(stage));
    }

    private Capabilities hello(boolean encrypted) throws IOException {
        stage = Stage.EHLO;
        Reply reply = wire.ask(stage, "EHLO " + name());
        boolean unknown = reply.code() == 500 || reply.code() == 502;
        if (unknown && (encrypted || server.security() == Security.NONE)) {
            // RFC 5321 section 3.2: a server that doesn't know EHLO gets HELO.
            reply = wire.ask(stage, "HELO " + name());
            requirePositive(reply);
            return new Capabilities(Map.of());
        }
        requirePositive(reply);
        var disregarded = new TreeSet<>(server.disregarded());
        disregarded.addAll(quirks.failing(server));
        return Capabilities.parse(reply, disregarded);
    }

    /** The name that was set, or the address that this connection comes from. */
    private String name() {
        if (!server.ehloName().isEmpty()) {
            return server.ehloName();
        }
        InetAddress local = wire.socket().getLocalAddress();
        String text = local.getHostAddress();
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        // RFC 5321 section 4.1.3
        return local instanceof Inet6Address ? "[IPv6:" + bare + "]" : "[" + bare + "]";
    }

    private TlsDetails startTls(Capabilities capabilities, TlsLease lease) throws IOException {
        stage = Stage.STARTTLS;
        if (!capabilities.has("STARTTLS")) {
            throw notOffered("The server doesn't offer STARTTLS on port " + server.port() + ".");
        }
        Reply reply = wire.ask(stage, "STARTTLS");
        if (reply.isPermanent()) {
            throw notOffered("The server refused STARTTLS: " + reply);
        }
        requirePositive(reply);
        return encrypt(lease);
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
                            "The connection isn't encrypted, so the credentials are kept back. Use"
                                    + " STARTTLS (port 587) or implicit TLS (port 465)."));
        }
        List<Mechanism> common = Mechanisms.common(credentials, server, capabilities.mechanisms());
        if (common.isEmpty()) {
            throw new OpeningFailed(
                    new Opening.NoMechanism(
                            capabilities.mechanisms(), noMechanism(capabilities.mechanisms())));
        }
        Opening.LoginRefused refused = null;
        for (Mechanism mechanism : common) {
            Reply reply = tried(mechanism, refused, mechanism.equals(common.getLast()));
            if (reply.isPositive()) {
                if (refused != null) {
                    // It won't be tried again in vain: a refused login counts against its account.
                    quirks.fails(server, "AUTH " + refused.mechanism());
                }
                return mechanism.name();
            }
            if (reply.isTransient()) {
                throw new OpeningFailed(new Opening.Deferred(stage, reply));
            }
            boolean another = mayBeTheMechanism(mechanism, reply) && refused == null;
            refused = new Opening.LoginRefused(mechanism.name(), reply);
            if (!another) {
                break;
            }
        }
        throw new OpeningFailed(Objects.requireNonNull(refused));
    }

    /**
     * A server that hangs up after a refusal has refused. One that hangs up on SCRAM is asked by
     * the next mechanism over the next connection, if there is one.
     */
    private Reply tried(Mechanism mechanism, Opening.@Nullable LoginRefused before, boolean isLast)
            throws IOException {
        try {
            return new Login(wire).with(mechanism);
        } catch (IOException e) {
            Trouble trouble = wire.lost(e).trouble();
            if (before != null && trouble != Trouble.CANCELED) {
                throw new OpeningFailed(before);
            }
            boolean hungUp = trouble == Trouble.CLOSED || trouble == Trouble.RESET;
            if (hungUp && !isLast && mechanism instanceof ScramSha256) {
                quirks.fails(server, "AUTH " + mechanism.name());
            }
            throw e;
        }
    }

    /**
     * 504: announced, yet not known (RFC 4954 section 4). And servers offer SCRAM whose stored
     * passwords don't allow it; PLAIN then works.
     */
    private static boolean mayBeTheMechanism(Mechanism mechanism, Reply reply) {
        return reply.code() == 504 || mechanism instanceof ScramSha256;
    }

    private static String noMechanism(Set<String> offered) {
        if (offered.isEmpty()) {
            return "The server offers no login on this port, although a username is set. Check port and"
                    + " TLS, or leave out username and password.";
        }
        String list = String.join(", ", offered);
        return offered.equals(Set.of("CRAM-MD5"))
                        || offered.equals(Set.of("CRAM-MD5", "DIGEST-MD5"))
                ? "The server offers only "
                        + list
                        + ", which no longer protects a password. Ask its operator to allow PLAIN over"
                        + " TLS."
                : "The server offers no way to log in with these credentials; it offers "
                        + list
                        + ".";
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
