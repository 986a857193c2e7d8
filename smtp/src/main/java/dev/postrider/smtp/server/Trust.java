package dev.postrider.smtp.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are believed. Keep one instance for the connections of a mailbox: it holds the
 * TLS sessions that later connections resume.
 */
public final class Trust {
    private final Supplier<SSLContext> context;

    private Trust(Supplier<SSLContext> context) {
        this.context = context;
    }

    /** The authorities of the JDK or the system. */
    public static Trust system() {
        return new Trust(() -> {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JDK has no TLS", e);
            }
        });
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
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return new Trust(() -> context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the PEM text has no usable certificate: " + e.getMessage(), e);
        }
    }

    public SSLContext context() {
        return context.get();
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws CertificateException {
        var bytes = new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    }
}
