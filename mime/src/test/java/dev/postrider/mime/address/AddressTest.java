package dev.postrider.mime.address;

import static dev.postrider.mime.address.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
    private static final String DOMAIN_OF_255 = ("a".repeat(62) + ".").repeat(4) + "bcd";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    a@b                                | | a            | b
                    ada@Example.COM                    | | ada          | example.com
                      <ada@example.com>                | | ada          | example.com
                    Ada Lovelace <ada@example.com>     | Ada Lovelace | ada | example.com
                    Ada<ada@example.com>               | Ada          | ada | example.com
                    "Doe, John" <j@example.com>        | Doe, John    | j   | example.com
                    "a \\"b\\" <c>" <j@example.com>    | a "b" <c>    | j   | example.com
                    Acme (Support) <s@example.com>     | Acme (Support) | s | example.com
                    me@example.com <me@example.com>    | me@example.com | me | example.com
                    Ünal <u@example.com>               | Ünal         | u   | example.com
                    "" <u@example.com>                 | | u            | example.com
                    Doe, John <j@example.com>          | Doe, John | j  | example.com
                    Doe; John <j@example.com>          | Doe; John | j  | example.com
                    John "Jo, Joe" Doe <j@example.com> | John "Jo, Joe" Doe | j | example.com
                    "Jo" Doe <j@example.com>           | "Jo" Doe     | j   | example.com
                    O"Neil <o@example.com>             | O"Neil       | o   | example.com
                    A \\ B <a@example.com>            | A \\ B      | a   | example.com
                    =?utf-8?Q?J=C3=B6rg?= <a@b>        | Jörg         | a   | b
                    "=?utf-8?b?SsO2cmc=?=" <a@b>       | Jörg         | a   | b
                    =?utf-8?q?J=C3?= =?utf-8?q?=B6rg?= <a@b> | Jörg   | a   | b
                    =?what?q?J?= <a@b>                 | =?what?q?J?= | a   | b
                    o'neil+tag_x.y@example.com         | | o'neil+tag_x.y | example.com
                    "john smith"@example.com           | | "john smith" | example.com
                    "simple"@example.com               | | simple       | example.com
                    "a@b"@example.com                  | | "a@b"        | example.com
                    X <"a>b"@example.com>              | X | "a>b"      | example.com
                    info@bücher.example                | | info         | xn--bcher-kva.example
                    info@BÜCHER.example                | | info         | xn--bcher-kva.example
                    info@xn--bcher-kva.example         | | info         | xn--bcher-kva.example
                    info@例え。テスト                     | | info         | xn--r8jz45g.xn--zckzah
                    用户@example.com                    | | 用户          | example.com
                    """)
    void readsWhatPeopleWrite(String text, String name, String localPart, String domain) {
        assertThat(address(text))
                .isEqualTo(new Address(name == null ? "" : name, localPart, domain));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    example.com                   | no @
                    @example.com                  | nothing before the @
                    ada@                          | no domain
                    a@b@c                         | two @
                    a@b, c@d                      | two @
                    ada lovelace@example.com      | a space outside quotes
                    .ada@example.com              | a dot
                    ada..l@example.com            | a dot
                    ada.@example.com              | a dot
                    a;b@example.com               | can't have ;
                    "ada@example.com              | quotes before the @ don't match
                    "a"b@example.com              | quotes before the @ don't match
                    a@b, Eve <e@example.com>      | one address only
                    "Doe <j@example.com>          | closing quote is missing
                    "Doe" j@example.com>          | > without a <
                    j@example.com>                | > without a <
                    X <j@example.com> y           | outside quotes
                    a@[127.0.0.1]                 | brackets
                    a@127.0.0.1                   | ends in a number
                    a@example..com                | a dot
                    a@example.com.                | a dot
                    a@-example.com                | hyphen
                    a@exam_ple.com                | other than letters
                    a@exam ple.com                | other than letters
                    a@faß.example                 | xn-- form
                    """)
    void saysWhatIsWrong(String text, String reason) {
        assertThat(Address.parse(text))
                .isInstanceOfSatisfying(
                        MalformedAddress.class,
                        malformed -> assertThat(malformed.reason()).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com\r\nBcc: e@example.net",
                "A\nB <a@example.com>",
                "A\rB <a@example.com>",
                "\"A\0B\" <a@example.com>",
                "a\t@example.com",
                "a@example.com\u0085",
                "A\u007fB <a@example.com>",
                "\"a\nb\"@example.com"
            })
    void refusesControlCharacters(String text) {
        assertThat(Address.parse(text))
                .isInstanceOfSatisfying(
                        MalformedAddress.class,
                        malformed ->
                                assertThat(malformed.reason())
                                        .endsWith("; remove it.")
                                        .matches("\\P{Cntrl}+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb@example.com", "a\u2028@example.com", "a\ud800@example.com"})
    void refusesCharactersThatCannotBeSeen(String text) {
        assertThat(Address.parse(text)).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void refusesCharactersThatNoDomainHas() {
        assertThat(Address.parse("a@\u2603\u2028.example"))
                .isEqualTo(
                        new MalformedAddress("The domain isn't a valid internationalised name."));
    }

    @Test
    void refusesControlCharactersInANameOfItsOwn() {
        assertThat(Address.of("A\r\nBcc: e@example.net", "a@example.com"))
                .isEqualTo(
                        new MalformedAddress(
                                "The name has a carriage return at character 2; remove it."));
    }

    @Test
    void cannotBeMadeUnsoundByItsConstructor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("", "a", "b\r\nRCPT TO:<e@example.net>"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Address("a\nb", "a", "b"));
    }

    @Test
    void takesALocalPartOf64OctetsAndNoMore() {
        assertThat(Address.parse("a".repeat(64) + "@b")).isInstanceOf(Address.class);
        assertThat(Address.parse("a".repeat(65) + "@b")).isInstanceOf(MalformedAddress.class);
        assertThat(Address.parse("ü".repeat(32) + "@b")).isInstanceOf(Address.class);
        assertThat(Address.parse("ü".repeat(33) + "@b")).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void takesADomainPartOf63OctetsAndNoMore() {
        assertThat(Address.parse("a@" + "b".repeat(63))).isInstanceOf(Address.class);
        assertThat(Address.parse("a@" + "b".repeat(64))).isInstanceOf(MalformedAddress.class);
        assertThat(Address.parse("a@" + "ü".repeat(64))).isInstanceOf(MalformedAddress.class);
    }

    @Test
    void takesAWholeAddressOf254OctetsAndNoMore() {
        assertThat(Address.parse("a@" + DOMAIN_OF_255.substring(3))).isInstanceOf(Address.class);
        assertThat(Address.parse("a@" + DOMAIN_OF_255.substring(2)))
                .isEqualTo(
                        new MalformedAddress(
                                "The address has 255 octets; at most 254 are allowed."));
        assertThat(Address.parse("a@x" + DOMAIN_OF_255))
                .isEqualTo(
                        new MalformedAddress(
                                "The domain has 256 octets; at most 255 are allowed."));
    }

    @Test
    void needsSmtpUtf8ForItsLocalPartOnly() {
        assertThat(address("用户@example.com").needsSmtpUtf8()).isTrue();
        assertThat(address("Ünal <info@bücher.example>").needsSmtpUtf8()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "Ünal Ö <a@b>",
                "\"Doe, John\" <a@b>",
                "\"a \\\"b\\\" \\\\ c\" <\"x y\"@b>",
                "\"J. Smith\" <a@b>",
                "\"me@b\" <me@b>"
            })
    void writesTheTextThatItReads(String text) {
        assertThat(address(text)).hasToString(text);
        assertThat(address(address(text).toString())).isEqualTo(address(text));
    }
}
