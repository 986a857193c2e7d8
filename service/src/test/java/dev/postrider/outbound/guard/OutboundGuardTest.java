package dev.postrider.outbound.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.postrider.outbound.lookup.NameLookup;
import dev.postrider.rig.Loopback;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboundGuardTest {
    private static final UUID WORKSPACE = UUID.randomUUID();

    private final List<String> lookedUp = new ArrayList<>();

    @Test
    void aPublicHostIsReachedAtAllItsAddressesInTheirOrder() throws InterruptedException {
        var guard = guard("", Map.of("mx.example", "8.8.8.8 2606:4700::1111 8.8.4.4"));
        assertThat(guard.resolve(WORKSPACE, "mx.example"))
                .isEqualTo(reachable("8.8.8.8", "2606:4700::1111", "8.8.4.4"));
        assertThat(lookedUp).containsExactly("mx.example");
    }

    @Test
    void ofAMixedNameOnlyThePublicAddressesAreUsed() throws InterruptedException {
        var guard = guard("", Map.of("mx.example", "10.0.0.1 8.8.8.8 ::1"));
        assertThat(guard.resolve(WORKSPACE, "mx.example")).isEqualTo(reachable("8.8.8.8"));
    }

    @Test
    void aNameThatLeadsInsideIsRefusedWithoutItsAddress() throws InterruptedException {
        var guard = guard("", Map.of("mx.example", "10.20.30.40"));
        assertThat(guard.resolve(WORKSPACE, "mx.example"))
                .asInstanceOf(type(Resolution.Refused.class))
                .extracting(Resolution.Refused::reason)
                .asString()
                .contains("mx.example leads to a private address", "POSTRIDER_OUTBOUND_ALLOW")
                .doesNotContain("10.20");
    }

    @Test
    void whatTheOperatorListsIsReachedToo() throws InterruptedException {
        var guard = guard("10.20.0.0/16", Map.of("mx.example", "10.20.30.40 10.99.0.1"));
        assertThat(guard.resolve(WORKSPACE, "mx.example")).isEqualTo(reachable("10.20.30.40"));
    }

    @Test
    void onRequestOnlyWhatTheOperatorListsIsReached() throws InterruptedException {
        var guard =
                guard(
                        "10.20.0.0/16",
                        Map.of("mixed.example", "8.8.8.8 10.20.30.40", "out.example", "8.8.8.8"));
        assertThat(guard.resolveListed(WORKSPACE, "mixed.example"))
                .isEqualTo(reachable("10.20.30.40"));
        assertThat(guard.resolveListed(WORKSPACE, "out.example"))
                .asInstanceOf(type(Resolution.Refused.class))
                .extracting(Resolution.Refused::reason)
                .asString()
                .contains("out.example leads to a public address");
    }

    @Test
    void aNameWithoutAddressIsUnresolved() throws InterruptedException {
        assertThat(guard("", Map.of()).resolve(WORKSPACE, "mx.exmaple"))
                .asInstanceOf(type(Resolution.Unresolved.class))
                .extracting(Resolution.Unresolved::reason)
                .asString()
                .contains("mx.exmaple", "spelling");
    }

    /** Some of these forms the system's resolver knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "[::1]",
                "::ffff:127.0.0.1",
                "0"
            })
    void noSpellingOfLoopbackGetsThrough(String host) throws InterruptedException {
        assertThat(new OutboundGuard(AllowedBlocks.NONE).resolve(WORKSPACE, host))
                .isNotInstanceOf(Resolution.Reachable.class);
    }

    @Test
    void theSystemsResolverIsAskedNoLongerThanItsPatience() throws InterruptedException {
        var lookup = NameLookup.bySystem(Duration.ZERO);
        var guard = new OutboundGuard(AllowedBlocks.NONE, lookup);
        assertThat(guard.resolve(WORKSPACE, "patience.invalid"))
                .isInstanceOf(Resolution.Unresolved.class);
    }

    private OutboundGuard guard(String allowed, Map<String, String> names) {
        return new OutboundGuard(
                Loopback.blocks(allowed),
                (_, host) -> {
                    lookedUp.add(host);
                    if (!names.containsKey(host)) {
                        throw new UnknownHostException(host);
                    }
                    return addresses(names.get(host).split(" "));
                });
    }

    private static Resolution reachable(String... addresses) {
        return new Resolution.Reachable(addresses(addresses));
    }

    private static List<InetAddress> addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
    }
}
