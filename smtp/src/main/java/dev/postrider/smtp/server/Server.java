package dev.postrider.smtp.server;

import dev.postrider.smtp.wire.Syntax;
import dev.postrider.smtp.wire.Timeouts;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One submission server and how to speak to it.
 *
 * @param host the name that is resolved, sent as SNI and compared with the certificate
 * @param port 1 to 65535
 * @param ehloName what this client calls itself: a domain or an address literal (RFC 5321 section
 *     4.1.4); empty for the literal of the address that it comes from
 * @param disregarded what the server announces and gets wrong, upper case: an EHLO keyword ({@code
 *     "CHUNKING"}) or one login mechanism ({@code "AUTH SCRAM-SHA-256"})
 * @param loginWithoutTls whether credentials may cross an unprotected connection
 */
public record Server(
        String host,
        int port,
        Security security,
        Trust trust,
        String ehloName,
        Set<String> disregarded,
        boolean loginWithoutTls,
        Timeouts timeouts) {

    public Server {
        Syntax.requireHost(host);
        if (!ehloName.isEmpty()) {
            Syntax.requireHost(ehloName);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        var keywords = new TreeSet<String>();
        disregarded.forEach(keyword -> keywords.add(keyword.toUpperCase(Locale.ROOT)));
        disregarded = Set.copyOf(keywords);
    }

    /** A server with the system's authorities, the RFC's timeouts and nothing disregarded. */
    public static Server of(String host, int port, Security security) {
        return new Server(
                host, port, security, Trust.system(), "", Set.of(), false, Timeouts.STANDARD);
    }

    public Server withTrust(Trust other) {
        return new Server(
                host, port, security, other, ehloName, disregarded, loginWithoutTls, timeouts);
    }

    public Server withEhloName(String other) {
        return new Server(
                host, port, security, trust, other, disregarded, loginWithoutTls, timeouts);
    }

    public Server disregarding(String... keywords) {
        return new Server(
                host, port, security, trust, ehloName, Set.of(keywords), loginWithoutTls, timeouts);
    }

    public Server withLoginWithoutTls(boolean allowed) {
        return new Server(host, port, security, trust, ehloName, disregarded, allowed, timeouts);
    }

    public Server withTimeouts(Timeouts other) {
        return new Server(
                host, port, security, trust, ehloName, disregarded, loginWithoutTls, other);
    }

    @Override
    public String toString() {
        return host + ":" + port + " (" + security + ")";
    }
}
