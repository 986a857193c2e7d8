package dev.postrider.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.authority.PrivateAuthority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTlsTest {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private final PrivateAuthority authority = PrivateAuthority.create();
    private Path certificate;
    private Path key;

    @BeforeEach
    void aPairIsThere(@TempDir Path folder) throws Exception {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        var pem = pair("mail.example.com", "*.example.org");
        Files.writeString(certificate, pem.certificate() + authority.pem());
        Files.writeString(key, pem.key());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private record Pair(String key, String certificate) {}

    private Pair pair(String... hosts) {
        var pem = authority.serverPem(List.of(hosts));
        var cut = pem.indexOf(CERTIFICATE);
        return new Pair(pem.substring(0, cut), pem.substring(cut));
    }

    @Test
    void aGoodPairIsGood() throws Exception {
        for (var host : List.of("mail.example.com", "MAIL.example.com", "a.example.org")) {
            assertThat(Found.by(check("https://" + host, Duration.ZERO)))
                    .containsExactly(
                            "OK tls-key",
                            "WARNING tls-certificate-ends",
                            "OK tls-chain",
                            "OK tls-name",
                            "OK tls-key-mode");
        }
    }

    @Test
    void aCertificateForOtherNamesIsSaid() throws Exception {
        for (var host : List.of("example.com", "a.b.example.org", "example.org")) {
            assertThat(Found.by(check("https://" + host, Duration.ZERO)))
                    .contains("PROBLEM tls-name");
        }
    }

    @Test
    void oneThatHasEndedOrNotBegunIsSaid() throws Exception {
        assertThat(Found.by(check("https://mail.example.com", Duration.ofDays(8))))
                .contains("PROBLEM tls-certificate-expired");
        assertThat(Found.by(check("https://mail.example.com", Duration.ofDays(-2))))
                .contains("PROBLEM tls-certificate-early");
    }

    @Test
    void theKeyOfAnotherIsSaid() throws Exception {
        Files.writeString(key, pair("mail.example.com").key());
        assertThat(found()).contains("PROBLEM tls-key-of-another");
    }

    @Test
    void whatIsNoKeyOrNoCertificateIsSaid() throws Exception {
        var kept = Files.readString(key);
        Files.writeString(key, "nothing");
        assertThat(found()).contains("PROBLEM tls-key-unreadable");
        Files.writeString(key, kept.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        assertThat(found()).contains("PROBLEM tls-key-unreadable");
        Files.delete(key);
        assertThat(found()).contains("PROBLEM tls-key-unreadable");
        Files.writeString(certificate, "nothing");
        assertThat(found()).containsExactly("PROBLEM tls-certificate-unreadable");
        Files.delete(certificate);
        assertThat(found()).containsExactly("PROBLEM tls-certificate-unreadable");
    }

    /** As acme.sh, older certbots and openssl itself write them. */
    @Test
    void keysInTheirOlderFormsAreReadAsWell() throws Exception {
        openssl("ec", "-in", key.toString(), "-out", key.toString());
        assertThat(key).content().contains("BEGIN EC PRIVATE KEY");
        assertThat(found()).contains("OK tls-key");
        Files.writeString(certificate, pair("mail.example.com").certificate());
        assertThat(found()).contains("PROBLEM tls-key-of-another");

        openssl(
                "req -x509 -nodes -newkey rsa:2048 -subj /CN=a -keyout %s -out %s"
                        .formatted(key, certificate)
                        .split(" ", -1));
        openssl("rsa", "-traditional", "-in", key.toString(), "-out", key.toString());
        assertThat(key).content().contains("BEGIN RSA PRIVATE KEY");
        assertThat(found()).contains("OK tls-key");
    }

    private static void openssl(String... words) throws Exception {
        var command = Stream.concat(Stream.of("openssl"), Stream.of(words)).toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aChainInAnotherOrderOrWithoutItsIssuerIsSaid() throws Exception {
        var pair = pair("mail.example.com");
        Files.writeString(key, pair.key());
        Files.writeString(certificate, pair.certificate());
        assertThat(found()).contains("WARNING tls-chain-short");
        Files.writeString(certificate, pair.certificate() + pair("b.example.com").certificate());
        assertThat(found()).contains("PROBLEM tls-chain-order");
        Files.writeString(certificate, authority.pem());
        assertThat(found()).contains("WARNING tls-self-signed", "PROBLEM tls-key-of-another");
    }

    /** The server takes what it needs from a file with more in it, and nothing but PEM. */
    @Test
    void aFileIsReadAsTheServerReadsIt() throws Exception {
        var both = Files.readString(key) + "Subject: CN = a\n" + Files.readString(certificate);
        Files.writeString(certificate, both);
        assertThat(found()).contains("OK tls-key", "OK tls-chain");
        openssl(
                "x509",
                "-in",
                certificate.toString(),
                "-outform",
                "DER",
                "-out",
                certificate.toString());
        assertThat(found()).containsExactly("PROBLEM tls-certificate-unreadable");
    }

    @Test
    void addressesAreComparedAsNumbers() throws Exception {
        selfSigned("rsa:2048", "subjectAltName=IP:2001:db8:0:0::1,IP:192.0.2.1");
        for (var host : List.of("[2001:db8::1]", "192.0.2.1")) {
            assertThat(Found.by(check("https://" + host, Duration.ZERO))).contains("OK tls-name");
        }
        assertThat(Found.by(check("https://[2001:db8::2]", Duration.ZERO)))
                .contains("PROBLEM tls-name");
    }

    @Test
    void whatClientsRefuseIsSaid() throws Exception {
        selfSigned("rsa:1024", "extendedKeyUsage=clientAuth");
        assertThat(found())
                .contains("PROBLEM tls-key-short", "PROBLEM tls-purpose", "PROBLEM tls-name");
        assertThat(check("https://a.example.com", Duration.ZERO).look())
                .extracting(Finding::what)
                .anyMatch(what -> what.startsWith("It is for no host's name"));
    }

    /** The own certificate lasts, its issuer's doesn't. */
    @Test
    void anIssuerWhoseCertificateHasEndedIsSaid() throws Exception {
        var own = Files.readString(certificate);
        selfSigned("rsa:2048", "subjectAltName=DNS:ended.example.com", "-days", "3");
        var ended = Files.readString(certificate);
        Files.writeString(certificate, own + ended);
        assertThat(Found.by(check("https://mail.example.com", Duration.ofDays(4))))
                .contains("PROBLEM tls-certificate-expired");
        assertThat(check("https://mail.example.com", Duration.ofDays(4)).look())
                .extracting(Finding::what)
                .anyMatch(what -> what.startsWith("The certificate of ended.example.com ended on"));
    }

    private void selfSigned(String keys, String extension, String... more) throws Exception {
        var words =
                "req -x509 -nodes -newkey %s -subj /CN=a -addext %s -keyout %s -out %s"
                        .formatted(keys, extension, key, certificate)
                        .split(" ", -1);
        openssl(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aKeyThatOthersMayReadIsSaid() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(found()).contains("WARNING tls-key-open");
    }

    private List<String> found() throws Exception {
        return Found.by(check("https://mail.example.com", Duration.ZERO));
    }

    private CheckTls check(String publicUrl, Duration later) {
        return new CheckTls(
                certificate,
                key,
                Optional.of(URI.create(publicUrl)),
                InstantSource.fixed(Instant.now().plus(later)));
    }
}
