package dev.postrider.doctor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and keys as PEM (RFC 7468). */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<base64>[^-]*)-----END ",
                    Pattern.DOTALL);

    /** As the server reads them: what else is in the file, a key or words, is passed over. */
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----(?<base64>[^-]*)-----END CERTIFICATE-----");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {2, 1, 0};

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
            var factory = CertificateFactory.getInstance("X.509");
            var all = new ArrayList<X509Certificate>();
            var text = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (text.find()) {
                var octets = Base64.getMimeDecoder().decode(text.group("base64"));
                all.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(octets)));
            }
            if (all.isEmpty()) {
                throw new Unreadable("has no certificate as PEM");
            }
            return all;
        } catch (IOException e) {
            throw new Unreadable("can't be read (" + e.getClass().getSimpleName() + ")");
        } catch (CertificateException | IllegalArgumentException _) {
            throw new Unreadable("has a certificate that can't be read");
        }
    }

    /** The key in a file, of the same kind as a public one. */
    static PrivateKey key(Path file, PublicKey other) throws Unreadable {
        try {
            var found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!found.find()) {
                throw new Unreadable("has no private key as PEM");
            }
            var octets = Base64.getMimeDecoder().decode(found.group("base64"));
            var pkcs8 =
                    switch (found.group("kind").strip()) {
                        case "" -> octets;
                        case "RSA", "EC" -> wrapped(octets, other);
                        case String kind ->
                                throw new Unreadable("has a key that can't be used: " + kind);
                    };
            return KeyFactory.getInstance(other.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IOException e) {
            throw new Unreadable("can't be read (" + e.getClass().getSimpleName() + ")");
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unreadable("has no key of the certificate's kind, " + other.getAlgorithm());
        }
    }

    /**
     * PKCS #1 and SEC 1 have a key's numbers alone. PKCS #8 (RFC 5208) says before them which kind
     * and curve they are of: the certificate's, or they don't fit anyway.
     */
    private static byte[] wrapped(byte[] numbers, PublicKey other) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(VERSION);
        octets.writeBytes(first(other.getEncoded()));
        octets.writeBytes(tagged(OCTETS, numbers));
        return tagged(SEQUENCE, octets.toByteArray());
    }

    /** The first part of a sequence (X.690): of a public key's, what it is. */
    private static byte[] first(byte[] sequence) {
        var from = 2 + longLength(sequence, 1);
        var length = sequence[from + 1] & 0xff; // an algorithm's is short
        return Arrays.copyOfRange(sequence, from, from + 2 + length);
    }

    /** How many octets of a length follow its first one. */
    private static int longLength(byte[] der, int at) {
        return (der[at] & 0x80) == 0 ? 0 : der[at] & 0x7f;
    }

    private static byte[] tagged(int tag, byte[] content) {
        var tagged = new ByteArrayOutputStream();
        tagged.write(tag);
        if (content.length < 0x80) {
            tagged.write(content.length);
        } else {
            tagged.write(0x82);
            tagged.write(content.length >> 8);
            tagged.write(content.length);
        }
        tagged.writeBytes(content);
        return tagged.toByteArray();
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
