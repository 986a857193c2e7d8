package dev.postrider.testkit.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Signs certificates for test servers. A new one at each call: nothing outside the test trusts it.
 */
public final class PrivateAuthority {
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final char[] NO_PASSWORD = {};

    private final AtomicLong serial = new AtomicLong(1);
    private final KeyPair keys = newKeys();
    private final String name;
    private final byte[] certificate;

    private PrivateAuthority(String name) {
        this.name = name;
        Instant now = Instant.now();
        byte[] constraint =
                Der.sequence(Der.oid(2, 5, 29, 19), Der.yes(), Der.octets(Der.sequence(Der.yes())));
        this.certificate =
                sign(
                        name,
                        keys.getPublic(),
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(30)),
                        constraint);
    }

    public static PrivateAuthority create() {
        return new PrivateAuthority("Postrider test authority");
    }

    /** The authority's own certificate, for whoever shall trust it. */
    public String pem() {
        return pem("CERTIFICATE", certificate);
    }

    private static String pem(String kind, byte[] octets) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, base64, kind);
    }

    /** For a server that reads PEM files: its key, then its certificate. */
    public String serverPem(List<String> hosts) {
        KeyPair serverKeys = newKeys();
        Instant now = Instant.now();
        byte[] leaf =
                sign(
                        hosts.getFirst(),
                        serverKeys.getPublic(),
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofDays(7)),
                        alternativeNames(hosts));
        return pem("PRIVATE KEY", serverKeys.getPrivate().getEncoded()) + pem("CERTIFICATE", leaf);
    }

    /** For a client that proves itself by this key: the key, then its certificate. */
    public String clientPem(String name, KeyPair clientKeys) {
        return pem("PRIVATE KEY", clientKeys.getPrivate().getEncoded())
                + pem("CERTIFICATE", clientCertificate(name, clientKeys.getPublic()));
    }

    private byte[] clientCertificate(String subject, PublicKey key) {
        Instant now = Instant.now();
        return sign(
                subject,
                key,
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(7)),
                alternativeNames(List.of(subject)));
    }

    /** What a server of these host names or IP addresses needs. */
    public SSLContext serverContext(String... hosts) {
        Instant now = Instant.now();
        return serverContext(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(7)), hosts);
    }

    /** The same, with a certificate that is valid at other times. */
    public SSLContext serverContext(Instant from, Instant to, String... hosts) {
        KeyPair serverKeys = newKeys();
        byte[] leaf =
                sign(hosts[0], serverKeys.getPublic(), from, to, alternativeNames(List.of(hosts)));
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var chain =
                    new Certificate[] {
                        factory.generateCertificate(new ByteArrayInputStream(leaf)),
                        factory.generateCertificate(new ByteArrayInputStream(certificate))
                    };
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, chain);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the test certificate is unusable", e);
        }
    }

    /** Trusts this authority alone. */
    public SSLContext trusting() {
        return trusting(pem());
    }

    /** Trusts that authority alone, whose certificate is given as PEM text. */
    public static SSLContext trusting(String pem) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII))));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("no authority's certificate: " + pem, e);
        }
    }

    private static byte[] alternativeNames(List<String> hosts) {
        var names = new ArrayList<byte[]>();
        for (String host : hosts) {
            boolean ip = host.matches("[0-9.]+|.*:.*");
            names.add(
                    ip
                            ? Der.tagged(0x87, address(host))
                            : Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] all = Der.sequence(names.toArray(byte[][]::new));
        return Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(all));
    }

    private static byte[] address(String ip) {
        return InetAddress.ofLiteral(ip).getAddress();
    }

    /** RFC 5280 section 4.1 */
    private byte[] sign(String subject, PublicKey key, Instant from, Instant to, byte[] extension) {
        byte[] version = Der.tagged(0xa0, Der.integer(BigInteger.TWO));
        byte[] toBeSigned =
                Der.sequence(
                        version,
                        Der.integer(BigInteger.valueOf(serial.getAndIncrement())),
                        ECDSA_WITH_SHA256,
                        commonName(name),
                        Der.sequence(Der.time(from), Der.time(to)),
                        commonName(subject),
                        key.getEncoded(),
                        Der.tagged(0xa3, Der.sequence(extension)));
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(toBeSigned);
            return Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't sign with ECDSA", e);
        }
    }

    private static byte[] commonName(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.text(name))));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }
}
