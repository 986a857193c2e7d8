package dev.postrider.smtp.connect;

import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Security;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.TlsDetails;
import dev.postrider.smtp.server.TlsLease;
import dev.postrider.smtp.wire.LostConnection;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS 1.2 or 1.3 over a connection, with the certificate checked against the authorities and
 * the host's name.
 */
final class TlsHandshake {
    private final Server server;
    private final TlsLease lease;

    TlsHandshake(Server server, TlsLease lease) {
        this.server = server;
        this.lease = lease;
    }

    TlsDetails over(Wire wire) throws IOException {
        long started = System.currentTimeMillis();
        var factory = lease.context().getSocketFactory();
        // With host and port the JDK finds the session to resume, and sends SNI.
        var socket =
                (SSLSocket) factory.createSocket(wire.socket(), server.host(), server.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        wire.watchdog().stage(server.timeouts().of(Stage.TLS));
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            throw failure(e, wire);
        }
        wire.use(socket);
        TlsDetails details = details(socket.getSession(), started);
        wire.note(details.version() + " " + details.cipher());
        return details;
    }

    private IOException failure(SSLException e, Wire wire) {
        if (wire.watchdog().fired()
                || Thread.currentThread().isInterrupted()
                || isNetwork(e.getCause())) {
            return wire.lost(e);
        }
        TlsTrouble trouble = trouble(e);
        String detail =
                switch (trouble) {
                    case UNTRUSTED ->
                            "The certificate of "
                                    + server.host()
                                    + " isn't signed by a trusted authority. If the server has a private one, give its certificate.";
                    case WRONG_HOST ->
                            "The server's certificate isn't for "
                                    + server.host()
                                    + ": "
                                    + LostConnection.cause(e);
                    case EXPIRED ->
                            "The server's certificate is out of date: " + LostConnection.cause(e);
                    case NOT_TLS ->
                            server.security() == Security.STARTTLS
                                    ? "The server agreed to STARTTLS and then didn't begin with TLS."
                                    : "Port "
                                            + server.port()
                                            + " doesn't begin with TLS. Implicit TLS is usually on port 465, STARTTLS on 587.";
                    case HANDSHAKE, NOT_OFFERED ->
                            "The TLS handshake with "
                                    + server.host()
                                    + " failed: "
                                    + LostConnection.words(e);
                };
        return new OpeningFailed(new Opening.TlsFailed(trouble, detail));
    }

    private static boolean isNetwork(@Nullable Throwable cause) {
        return cause instanceof IOException && !(cause instanceof SSLException);
    }

    /** By the types of the causes: the JDK's texts change, its exceptions don't. */
    private static TlsTrouble trouble(SSLException e) {
        boolean certificate = false;
        boolean path = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertificateNotYetValidException) {
                return TlsTrouble.EXPIRED;
            }
            certificate |= cause instanceof CertificateException;
            path |=
                    cause instanceof CertPathBuilderException
                            || cause instanceof CertPathValidatorException
                            || cause instanceof InvalidAlgorithmParameterException;
        }
        if (path) {
            return TlsTrouble.UNTRUSTED;
        }
        if (certificate) {
            return TlsTrouble.WRONG_HOST;
        }
        boolean plain =
                String.valueOf(e.getMessage())
                        .startsWith("Unsupported or unrecognized SSL message");
        return plain ? TlsTrouble.NOT_TLS : TlsTrouble.HANDSHAKE;
    }

    private static TlsDetails details(SSLSession session, long started)
            throws SSLPeerUnverifiedException {
        var certificate = (X509Certificate) session.getPeerCertificates()[0];
        return new TlsDetails(
                session.getProtocol(),
                session.getCipherSuite(),
                session.getCreationTime() < started,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                names(certificate));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(1) instanceof String)
                            .map(name -> (String) name.get(1))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
