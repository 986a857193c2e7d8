package dev.postrider.outbound.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.rig.Loopback;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedBlocksTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void nothingAllowsNothing(String list) {
        assertThat(contain(list, "127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8,      127.255.255.255, 128.0.0.0",
        "10.20.30.40,      10.20.30.40,     10.20.30.41",
        "192.168.4.0/30,   192.168.4.3,     192.168.4.4",
        "172.16.0.0/12,    172.31.0.1,      172.32.0.1",
        "0.0.0.0/0,        8.8.8.8,         ::1",
        "::1,              ::1,             ::2",
        "fd12:3456::/32,   fd12:3456:ff::1, fd12:3457::1",
        "fd00::/9,         fd7f::1,         fd80::1",
        "::/0,             fd80::1,         10.0.0.1",
        "10.0.0.0/8,       64:ff9b::10.0.0.1, 64:ff9b::11.0.0.1",
    })
    void aBlockHasItsAddressesAndNoOthers(String block, String inside, String outside) {
        assertThat(contain(block, inside)).isTrue();
        assertThat(contain(block, outside)).isFalse();
    }

    @Test
    void severalAreSeparatedByCommas() {
        var list = "127.0.0.0/8, ::1/128 ,10.1.0.0/16";
        assertThat(contain(list, "127.0.0.1")).isTrue();
        assertThat(contain(list, "::1")).isTrue();
        assertThat(contain(list, "10.1.9.9")).isTrue();
        assertThat(contain(list, "10.2.0.0")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0/8",
                "256.0.0.0/8",
                "fd00::/129",
                "fd00::1/64",
                "::ffff:10.0.0.0/104",
                "fe80::1%eth0",
                "0x7f.0.0.1",
                "010.0.0.0/8",
                "*"
            })
    void whatIsNoBlockIsNamed(String part) {
        assertThat(AllowedBlocks.parse("127.0.0.0/8," + part))
                .isEqualTo(new AllowedBlocks.Parsed.Invalid(part));
    }

    @Test
    void anEmptyPartIsASlip() {
        assertThat(AllowedBlocks.parse("127.0.0.0/8,"))
                .isEqualTo(new AllowedBlocks.Parsed.Invalid(""));
    }

    private static boolean contain(String list, String address) {
        return Loopback.blocks(list).contain(InetAddress.ofLiteral(address));
    }
}
