package dev.postrider.identity.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.rig.Loopback;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
    private static final String PROXY = "10.0.0.1";

    private final ClientAddress behindProxies = trusting("10.0.0.0/24,fd00::/64");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7                          | 203.0.113.7",
                "198.51.100.1, 203.0.113.7            | 203.0.113.7",
                "127.0.0.1, 203.0.113.7, 10.0.0.2     | 203.0.113.7",
                "junk, 203.0.113.7                    | 203.0.113.7",
                "203.0.113.7:4711                     | 203.0.113.7",
                "[2001:db8::1]:4711                   | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1                          | 2001:db8:0:0:0:0:0:1",
                "203.0.113.7, fd00::2                 | 203.0.113.7",
                "10.0.0.3, 10.0.0.2                   | 10.0.0.3",
            })
    void theRightmostAddressThatIsNoTrustedProxysIsTheClients(String header, String client) {
        assertThat(of(behindProxies, PROXY, header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown",
                "_hidden",
                "203.0.113.7, junk",
                "203.0.113.7,",
                "203.0.113.7, ,",
                "203.0.113.7:port:port",
                "[2001:db8::1",
                "999.0.0.1",
                "1.2",
                "localhost",
                "for=203.0.113.7",
            })
    void aHeaderThatCannotBeReadCountsForNothing(String header) {
        assertThat(of(behindProxies, PROXY, header)).isEqualTo(PROXY);
    }

    @Test
    void ofManyHeadersTheLastOnesEndCounts() {
        assertThat(
                        behindProxies.of(
                                SocketAddress.inetSocketAddress(80, PROXY),
                                List.of("198.51.100.1", "203.0.113.7")))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void ofAHeaderThatIsTooLongItsEndCounts() {
        assertThat(of(behindProxies, PROXY, "x".repeat(1_000_000) + ", 203.0.113.7"))
                .isEqualTo("203.0.113.7");
        assertThat(of(behindProxies, PROXY, "10.0.0.2,".repeat(100_000) + "10.0.0.2"))
                .isEqualTo("10.0.0.2");
    }

    @Test
    void whoIsNoTrustedProxySaysNothing() {
        assertThat(of(behindProxies, "192.0.2.1", "203.0.113.7")).isEqualTo("192.0.2.1");
        assertThat(
                        of(
                                new ClientAddress(TrustedProxies.NONE, new InnerCalls()),
                                PROXY,
                                "203.0.113.7"))
                .isEqualTo(PROXY);
    }

    private static String of(ClientAddress addresses, String peer, String header) {
        return addresses.of(SocketAddress.inetSocketAddress(80, peer), List.of(header));
    }

    private static ClientAddress trusting(String blocks) {
        return new ClientAddress(new TrustedProxies(Loopback.blocks(blocks)), new InnerCalls());
    }
}
