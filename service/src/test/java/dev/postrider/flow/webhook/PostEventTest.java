package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Over TLS to the address that was checked, as the name that was written. */
final class PostEventTest {
    private final PrivateAuthority authority = PrivateAuthority.create();

    @Test
    void theCertificateMustBeOfTheNameAndNotOfTheAddress() throws Exception {
        try (var named = Listener.startTls(authority.serverContext("localhost"));
                var addressed = Listener.startTls(authority.serverContext("127.0.0.1"))) {
            assertThat(post(named, authority.trusting().getSocketFactory()))
                    .isEqualTo(new EndpointAnswer.Status(200, Optional.empty(), ""));
            assertThat(named.next().header("Host")).isEqualTo("localhost:" + named.port());
            assertThat(post(addressed, authority.trusting().getSocketFactory()))
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
        var guard = new OutboundGuard(Loopback.blocks("127.0.0.0/8,::1"));
        return new PostEvent(
                        new OutboundClient(guard, tls),
                        InstantSource.system(),
                        Duration.ofSeconds(15))
                .post(UUID.randomUUID(), endpoint, Map.of("webhook-id", "1"), "{}".getBytes(UTF_8));
    }
}
