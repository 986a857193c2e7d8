package dev.postrider.smtp.server;

import java.time.Instant;
import java.util.List;

/**
 * What the handshake agreed on and the certificate that the server showed.
 *
 * @param version for example {@code TLSv1.3}
 * @param resumed whether an earlier session was continued
 * @param names the certificate's subject alternative names, DNS and IP
 */
public record TlsDetails(
        String version,
        String cipher,
        boolean resumed,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> names) {
    public TlsDetails {
        names = List.copyOf(names);
    }
}
