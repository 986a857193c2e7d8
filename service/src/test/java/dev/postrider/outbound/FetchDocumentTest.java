package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a real HTTPS server on loopback, which only an operator's list lets be reached. */
@Timeout(60)
public final class FetchDocumentTest {
    private final PrivateAuthority authority = PrivateAuthority.create();
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(authority.serverContext("docs.example", "127.0.0.1")));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aDocumentIsFetched() throws Exception {
        serve("/a", 200, "hello", "");
        assertThat(fetch("/a")).contains("hello");
        assertThat(fetch("/none")).isEmpty();
    }

    @Test
    void redirectsAreFollowedAndNotForever() throws Exception {
        serve("/from", 302, "", "/to?x=1");
        serve("/to", 200, "there", "");
        serve("/loop", 301, "", "/loop");
        assertThat(fetch("/from")).contains("there");
        assertThat(fetch("/loop")).isEmpty();
    }

    /** A public host must not lead the program into the operator's network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://inside.example/secret",
                "http://docs.example/secret",
                "https://docs.example:22/secret",
                "https://user@docs.example/secret",
                "file:///etc/hostname",
                "::"
            })
    void eachRedirectIsCheckedLikeTheFirstAddress(String location) throws Exception {
        serve("/from", 302, "", location);
        assertThat(fetch("/from")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://outside.example/,      true",
        "https://outside.example:443/,  true",
        "https://outside.example:8443/, false",
        "https://outside.example:22/,   false",
        "http://outside.example/,       false",
        "https://inside.example/,       false",
        "https://docs.example:22/,      true",
    })
    void onlyHttpsPortsOfPublicHostsAreReached(String uri, boolean isReached) throws Exception {
        assertThat(fetcher().resolve(URI.create(uri)) instanceof Resolution.Reachable)
                .isEqualTo(isReached);
    }

    @Test
    void anotherNamesCertificateIsRefused() throws Exception {
        serve("/a", 200, "hello", "");
        var other = URI.create("https://other.example:" + server.getAddress().getPort() + "/a");
        assertThat(fetcher().at(other)).isEmpty();
    }

    @Test
    void aDocumentWithoutEndIsGivenUp() throws Exception {
        serve("/large", 200, "x".repeat(300_000), "");
        assertThat(fetch("/large")).isEmpty();
    }

    private Optional<String> fetch(String path) throws Exception {
        return fetcher().at(uri(path)).map(octets -> new String(octets, UTF_8));
    }

    private URI uri(String path) {
        return URI.create("https://docs.example:" + server.getAddress().getPort() + path);
    }

    private FetchDocument fetcher() throws Exception {
        return new FetchDocument(guard("127.0.0.1"), trusting(), Duration.ofSeconds(20));
    }

    private static OutboundGuard guard(String allowed) {
        var loopback = InetAddress.getLoopbackAddress();
        return new OutboundGuard(
                AllowedBlocksTest.allowed(allowed),
                host ->
                        switch (host) {
                            case "inside.example" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
                            case "outside.example" -> List.of(InetAddress.ofLiteral("8.8.8.8"));
                            case String _ -> List.of(loopback);
                        });
    }

    private void serve(String path, int status, String body, String location) {
        server.createContext(path, exchange -> answer(exchange, status, body, location));
    }

    private static void answer(HttpExchange exchange, int status, String body, String location)
            throws IOException {
        try (exchange) {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            var octets = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    private SSLSocketFactory trusting() throws Exception {
        var certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.pem().getBytes(UTF_8)));
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
