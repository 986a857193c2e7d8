package dev.postrider.boot;

import java.nio.file.Path;

/**
 * The certificate and its key for all ports that speak TLS, as PEM (POSTRIDER_TLS_CERT,
 * POSTRIDER_TLS_KEY).
 *
 * @param certificate with its chain behind it
 */
public record TlsFiles(Path certificate, Path key) {
    @Override
    public String toString() {
        return "POSTRIDER_TLS_CERT (%s) and POSTRIDER_TLS_KEY (%s)".formatted(certificate, key);
    }
}
