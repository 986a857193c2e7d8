package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Over TLS to the address that was checked, as the name that was written. */
final class PostEventTest {
    private final PrivateAuthority authority = PrivateAuthority.create();

    @Test
    void theCertificateMustBeOfTheNameAndNotOfTheAddress() throws Exception {
        try (var named = Listener.startTls(authority.serverContext("localhost"));
                var addressed = Listener.startTls(authority.serverContext("127.0.0.1"))) {
            assertThat(post(named, trusting(authority)))
                    .isEqualTo(new EndpointAnswer.Status(200, Optional.empty()));
            assertThat(named.next().header("Host")).isEqualTo("localhost:" + named.port());
            assertThat(post(addressed, trusting(authority)))
                    .isInstanceOfSatisfying(
                            EndpointAnswer.None.class,
                            none -> assertThat(none.reason()).contains("TLS"));
            assertThat(addressed.isQuiet()).isTrue();
        }
    }

    @Test
    void anAuthorityThatNobodyKnowsIsNotTrusted() throws Exception {
        try (var listener = Listener.startTls(authority.serverContext("localhost"))) {
            assertThat(post(listener, (SSLSocketFactory) SSLSocketFactory.getDefault()))
                    .isInstanceOf(EndpointAnswer.None.class);
            assertThat(listener.isQuiet()).isTrue();
        }
    }

    private static EndpointAnswer post(Listener listener, SSLSocketFactory tls)
            throws InterruptedException {
        var endpoint = Endpoint.parse("https://localhost:" + listener.port() + "/").orElseThrow();
        var guard = ServeWebhookTest.guard("127.0.0.0/8,::1");
        return new PostEvent(
                        new OutboundClient(guard, tls),
                        InstantSource.system(),
                        Duration.ofSeconds(15))
                .post(endpoint, Map.of("webhook-id", "1"), "{}".getBytes(UTF_8));
    }

    private static SSLSocketFactory trusting(PrivateAuthority authority) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var pem = new ByteArrayInputStream(authority.pem().getBytes(UTF_8));
        store.setCertificateEntry(
                "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
