package dev.postrider.bench.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A sink to send to.
 *
 * @param starttls whether TLS is used
 * @param authority the sink's private authority as PEM text
 */
record Target(String host, int port, boolean starttls, String authority) {

    SSLContext trusting() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII));
        store.setCertificateEntry(
                "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
