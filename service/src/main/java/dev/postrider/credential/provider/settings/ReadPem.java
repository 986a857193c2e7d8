package dev.postrider.credential.provider.settings;

import dev.postrider.credential.provider.ClientLogin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a private key and its certificate from a PEM file (RFC 7468). */
final class ReadPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private static final String PKCS8 =
            "its private key must be RSA in PKCS #8, without a password (convert it by: openssl pkcs8"
                    + " -topk8 -nodes -in key.pem)";

    private ReadPem() {}

    /**
     * @throws BadProviders saying what is wrong with the file
     */
    static ClientLogin.Certificate certificate(String file) {
        var text = text(file);
        var key = block(text, "PRIVATE KEY").map(each -> rsaKey(file, each));
        var certificate = block(text, "CERTIFICATE").map(each -> x509(file, each));
        if (key.isEmpty()) {
            throw bad(file, PKCS8);
        }
        if (certificate.isEmpty()) {
            throw bad(file, "it has no certificate: put it behind the private key");
        }
        if (!(certificate.get().getPublicKey() instanceof RSAKey of)
                || !of.getModulus().equals(((RSAKey) key.get()).getModulus())) {
            throw bad(file, "the private key isn't the certificate's");
        }
        return new ClientLogin.Certificate(key.get(), certificate.get());
    }

    /** The key of a service account, which stands in its JSON. */
    static PrivateKey key(String place, String pem) {
        return rsaKey(place, block(pem, "PRIVATE KEY").orElseThrow(() -> bad(place, PKCS8)));
    }

    static String text(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException _) {
            throw new BadProviders("The file \"" + file + "\" can't be read.");
        }
    }

    private static Optional<byte[]> block(String text, String kind) {
        return BLOCK.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(kind))
                .map(found -> Base64.getMimeDecoder().decode(found.group(2)))
                .findFirst();
    }

    private static PrivateKey rsaKey(String file, byte[] der) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException _) {
            throw bad(file, PKCS8);
        }
    }

    private static X509Certificate x509(String file, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException _) {
            throw bad(file, "its certificate can't be read");
        }
    }

    private static BadProviders bad(String file, String what) {
        return new BadProviders("\"" + file + "\" can't be used: " + what + ".");
    }
}
