package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.testkit.authority.PrivateAuthority;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The API's port where it has a certificate and a key of its own. */
@QuarkusTest
@TestProfile(SpeakTlsTest.WithCertificate.class)
final class SpeakTlsTest {
    private static final PrivateAuthority AUTHORITY = PrivateAuthority.create();
    private static final Path FOLDER = Path.of("target", "speak-tls").toAbsolutePath();
    private static final TlsFiles FILES =
            new TlsFiles(FOLDER.resolve("fullchain.pem"), FOLDER.resolve("privkey.pem"));

    @Inject RenewCertificate renew;

    /** The usual environment with what TLS files and a time for browsers set. */
    public static final class WithCertificate implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            write(keyThenCertificate());
            var listening =
                    new ListenAddresses(
                            Optional.of("127.0.0.1"),
                            0,
                            "127.0.0.1",
                            0,
                            Optional.of(FILES),
                            Optional.of(Duration.ofDays(180)));
            var properties = new HashMap<>(listening.properties());
            properties.put("POSTRIDER_TLS_CERT", FILES.certificate().toString());
            properties.put("POSTRIDER_TLS_KEY", FILES.key().toString());
            properties.put("quarkus.http.test-ssl-port", "0");
            return properties;
        }
    }

    @Test
    void itSpeaksTlsAndTellsBrowsersToCallNothingElse() throws Exception {
        var answer = get(client(AUTHORITY), "/docs/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=15552000");
    }

    @Test
    void whatIsNotEncryptedIsNotAnswered() throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "GET /docs/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void versionsThatAreBrokenAreNotSpoken() throws IOException {
        for (var version : List.of("TLSv1.3", "TLSv1.2")) {
            assertThat(certificate(version)).isNotNull();
        }
        assertThatThrownBy(() -> certificate("TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestartAndABrokenOneIsNot() throws IOException {
        var first = certificate("TLSv1.3");
        var pair = keyThenCertificate();
        write(pair);
        renew.look();
        awaitAnotherThan(first);
        var second = certificate("TLSv1.3");

        for (var broken :
                List.of(
                        new Pem(keyThenCertificate().key(), pair.certificate()),
                        new Pem("", ""),
                        new Pem(pair.key(), "what no PEM file is"))) {
            write(broken);
            renew.look();
            assertThat(certificate("TLSv1.3")).isEqualTo(second);
        }

        write(keyThenCertificate());
        renew.look();
        awaitAnotherThan(second);
    }

    /** While the server takes it up, for some milliseconds, it closes who connects. */
    private static void awaitAnotherThan(X509Certificate one) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(SSLException.class)
                .until(() -> !certificate("TLSv1.3").equals(one));
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.ssl-port", Integer.class);
    }

    private static HttpClient client(PrivateAuthority trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trusting()).build();
    }

    private static java.net.http.HttpResponse<String> get(HttpClient client, String path)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path)).build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** What the server shows to somebody who speaks that version alone. */
    private static X509Certificate certificate(String version) throws IOException {
        try (var socket =
                (SSLSocket)
                        AUTHORITY.trusting().getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private record Pem(String key, String certificate) {}

    private static Pem keyThenCertificate() {
        var both = AUTHORITY.serverPem(List.of("localhost", "127.0.0.1"));
        var certificate = both.indexOf("-----BEGIN CERTIFICATE");
        return new Pem(both.substring(0, certificate), both.substring(certificate));
    }

    private static void write(Pem pem) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FILES.certificate(), pem.certificate());
            Files.writeString(FILES.key(), pem.key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
