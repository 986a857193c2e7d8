package dev.postrider.outbound.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecialBlockTest {

    /** Each block at its first and last address, with the neighbours on both sides. */
    @ParameterizedTest
    @CsvSource({
        "-,                       0.0.0.0,         0.255.255.255,   1.0.0.0",
        "9.255.255.255,           10.0.0.0,        10.255.255.255,  11.0.0.0",
        "100.63.255.255,          100.64.0.0,      100.127.255.255, 100.128.0.0",
        "126.255.255.255,         127.0.0.0,       127.255.255.255, 128.0.0.0",
        "168.63.129.15,           168.63.129.16,   168.63.129.16,   168.63.129.17",
        "169.253.255.255,         169.254.0.0,     169.254.255.255, 169.255.0.0",
        "172.15.255.255,          172.16.0.0,      172.31.255.255,  172.32.0.0",
        "191.255.255.255,         192.0.0.0,       192.0.0.255,     192.0.1.0",
        "192.0.1.255,             192.0.2.0,       192.0.2.255,     192.0.3.0",
        "192.88.98.255,           192.88.99.0,     192.88.99.255,   192.88.100.0",
        "192.167.255.255,         192.168.0.0,     192.168.255.255, 192.169.0.0",
        "198.17.255.255,          198.18.0.0,      198.19.255.255,  198.20.0.0",
        "198.51.99.255,           198.51.100.0,    198.51.100.255,  198.51.101.0",
        "203.0.112.255,           203.0.113.0,     203.0.113.255,   203.0.114.0",
        "223.255.255.255,         224.0.0.0,       255.255.255.255, -",
        "-,                       ::,              1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2000::",
        "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::,"
                + " 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::,"
                + " 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::,"
                + " 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::,"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
    })
    void aBlockEndsWhereItEnds(String before, String first, String last, String after) {
        assertThat(isPublic(first)).as(first).isFalse();
        assertThat(isPublic(last)).as(last).isFalse();
        for (var neighbour : new String[] {before, after}) {
            if (!neighbour.equals("-")) {
                assertThat(isPublic(neighbour)).as(neighbour).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,                                a private address",
        "100.100.100.200,                         a carrier's inner address",
        "169.254.169.254,                         a cloud's metadata address",
        "169.254.1.1,                             a link-local address",
        "224.0.0.251,                             a multicast address",
        "240.0.0.1,                               a reserved address",
        "255.255.255.255,                         the broadcast address",
        "::,                                      an unspecified address",
        "::1,                                     a loopback address",
        "::2,                                     an IPv4-compatible address",
        "::8.8.8.8,                               an IPv4-compatible address",
        "64:ff9a::1,                              a reserved address",
        "64:ff9b:1::8.8.8.8,                      a reserved address",
        "100::1,                                  a reserved address",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2,    a Teredo tunnel's address",
        "2001:2::1,                               an address for benchmarks",
        "5f00::1,                                 a reserved address",
        "fc00::1,                                 a private address",
        "fd00:ec2::254,                           a cloud's metadata address",
        "fd20:ce::254,                            a private address",
        "fe80::1,                                 a link-local address",
        "fec0::1,                                 a private address",
        "ff02::1,                                 a multicast address",
    })
    void eachIsNamedSoThatAPersonUnderstands(String address, String what) {
        assertThat(SpecialBlock.named(address(address))).contains(what);
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:127.0.0.1,        a loopback address",
        "64:ff9b::10.0.0.1,       a private address",
        "64:ff9b::a9fe:a9fe,      a cloud's metadata address",
        "2002:7f00:1::,           a loopback address",
        "2002:c0a8:101::1,        a private address",
    })
    void anAddressInsideAnotherDecides(String wrapped, String what) {
        assertThat(SpecialBlock.named(address(wrapped))).contains(what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "142.250.102.109",
                "2a00:1450:4025:402::6d",
                "2606:4700::1111",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void publicAddressesPass(String address) {
        assertThat(isPublic(address)).isTrue();
    }

    @Test
    void aMappedAddressThatTheJdkDidNotUnwrapIsUnwrapped() throws UnknownHostException {
        var octets = HexFormat.of().parseHex("00000000000000000000ffff7f000001");
        var mapped = Inet6Address.getByAddress("mail.example.org", octets, 0);
        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(SpecialBlock.named(mapped)).contains("a loopback address");
    }

    private static boolean isPublic(String address) {
        return SpecialBlock.named(address(address)).isEmpty();
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
