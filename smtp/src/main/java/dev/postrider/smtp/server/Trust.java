package dev.postrider.smtp.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed. Keep one instance for the connections of a mailbox: it holds the
 * TLS sessions that later connections resume.
 */
public final class Trust {
    private static final Trust SYSTEM = new Trust(null);

    /** Null: the JDK's. */
    private final @Nullable KeyStore authorities;

    /** Made for the first connection: to read the system's authorities takes a while. */
    private @Nullable TlsSessions sessions;

    private Trust(@Nullable KeyStore authorities) {
        this.authorities = authorities;
    }

    /** The authorities of the JDK or the system. */
    public static Trust system() {
        return SYSTEM;
    }

    /**
     * Only the authorities, or the self-signed certificates, in this PEM text.
     *
     * @throws IllegalArgumentException if there is no certificate in it, or a broken one
     */
    public static Trust authority(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate : certificates(pem)) {
                store.setCertificateEntry("authority-" + count++, certificate);
            }
            if (count == 0) {
                throw new IllegalArgumentException("there is no certificate in the PEM text");
            }
            return new Trust(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the PEM text has no usable certificate: " + e.getMessage(), e);
        }
    }

    /** For a connection that is about to be opened. */
    public TlsLease lease(String host, int port) {
        return sessions().take(host, port);
    }

    private synchronized TlsSessions sessions() {
        if (sessions == null) {
            try {
                var managers =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(authorities);
                sessions = new TlsSessions(managers.getTrustManagers());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no authorities for TLS", e);
            }
        }
        return sessions;
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws CertificateException {
        var bytes = new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    }
}
