package dev.postrider.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and keys as PEM (RFC 7468). */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<base64>[^-]*)-----END ",
                    Pattern.DOTALL);

    private static final byte[] ANYTHING = "postrider".getBytes(StandardCharsets.US_ASCII);

    private PemFiles() {}

    /** Why a file can't be used, in the rest of a sentence that begins with its name. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** The certificates in a file, in its order; at least one. */
    static List<X509Certificate> chain(Path file) throws Unreadable {
        try {
            var all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Files.readAllBytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw new Unreadable("has no certificate");
            }
            return all;
        } catch (IOException e) {
            throw new Unreadable("can't be read (" + e.getClass().getSimpleName() + ")");
        } catch (CertificateException _) {
            throw new Unreadable("is no certificate as PEM");
        }
    }

    /** The key in a file, of the same kind as a public one. */
    static PrivateKey key(Path file, PublicKey other) throws Unreadable {
        try {
            var found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!found.find()) {
                throw new Unreadable("has no private key as PEM");
            }
            if (!found.group("kind").isEmpty()) {
                throw new Unreadable(
                        "has a key of the kind \""
                                + found.group("kind").strip()
                                + "\" and not of PKCS #8 (openssl pkcs8 -topk8 -nodes makes one)");
            }
            var octets = Base64.getMimeDecoder().decode(found.group("base64"));
            return KeyFactory.getInstance(other.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (IOException e) {
            throw new Unreadable("can't be read (" + e.getClass().getSimpleName() + ")");
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unreadable("has no key of the certificate's kind, " + other.getAlgorithm());
        }
    }

    /** Whether what one signs the other verifies. */
    static boolean fit(PrivateKey key, PublicKey other) {
        try {
            var signature = Signature.getInstance(algorithm(other));
            signature.initSign(key);
            signature.update(ANYTHING);
            var signed = signature.sign();
            signature.initVerify(other);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case String other -> other;
        };
    }
}
