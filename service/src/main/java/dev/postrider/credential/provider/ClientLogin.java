package dev.postrider.credential.provider;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** How an app proves at the token endpoint that it is itself; never prints its secret. */
public sealed interface ClientLogin {
    record Secret(String value) implements ClientLogin {
        @Override
        public String toString() {
            return "Secret[***]";
        }
    }

    /** By an assertion that the key signs (RFC 7523); Microsoft knows the certificate. */
    record Certificate(PrivateKey key, X509Certificate certificate) implements ClientLogin {
        @Override
        public String toString() {
            return "Certificate[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /**
     * A service account of Google's, which signs its requests for tokens itself.
     *
     * @param address {@code rider@project.iam.gserviceaccount.com}
     * @param keyId by which Google knows the key
     */
    record ServiceAccount(String address, String keyId, PrivateKey key) implements ClientLogin {
        @Override
        public String toString() {
            return "ServiceAccount[" + address + "]";
        }
    }
}
