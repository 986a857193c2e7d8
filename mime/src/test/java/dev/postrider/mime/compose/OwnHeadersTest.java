package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.draft;
import static dev.postrider.mime.compose.Drafts.wire;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.Addresses;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.mime.encoding.Source;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields of a caller's own say what they said, whatever they are made of. */
final class OwnHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Disposition-Notification-To",
                "Errors-To",
                "Return-Receipt-To",
                "Mail-Followup-To",
                "List-Owner"
            })
    void namesAreEncodedAndAddressesAreNot(String name) throws IOException {
        assertThat(field(name, "Jörg <j@example.com>, Doe, Jo <d@example.com>"))
                .isEqualTo("=?UTF-8?B?SsO2cmc=?= <j@example.com>, \"Doe, Jo\" <d@example.com>");
        assertThat(field(name, "j@bücher.example")).isEqualTo("j@xn--bcher-kva.example");
        assertThat(field(name, "J <j@example.com>")).isEqualTo("J <j@example.com>");
        assertThat(flaw(name, "Jörg")).isEqualTo(Flaw.Kind.MALFORMED);
        assertThat(flaw(name, "Jörg <j@example.com>, nobody")).isEqualTo(Flaw.Kind.MALFORMED);
    }

    @Test
    void anAddressBeyondAsciiMakesTheHeaderUtf8() {
        Draft draft = draft().header("Errors-To", "用户@example.com").build();
        assertThat(Drafts.composed(draft).needsSmtpUtf8()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List-Unsubscribe",
                "List-Help",
                "List-Archive",
                "List-Post",
                "List-Subscribe",
                "List-Owner"
            })
    void urlsStayUrls(String name) throws IOException {
        assertThat(field(name, "<https://example.com/ü?a=😀>,  <mailto:a@b?subject=Tschüß> (so)"))
                .isEqualTo(
                        "<https://example.com/%C3%BC?a=%F0%9F%98%80>,"
                                + " <mailto:a@b?subject=Tsch%C3%BC%C3%9F> (so)");
        assertThat(field(name, "<https://example.com/u>")).isEqualTo("<https://example.com/u>");
        assertThat(flaw(name, "<https://example.com/u> (für alle)")).isEqualTo(Flaw.Kind.MALFORMED);
        assertThat(flaw(name, "<https://example.com/" + "ü".repeat(160) + ">"))
                .isEqualTo(Flaw.Kind.TOO_LONG);
    }

    @Test
    void aListsIdStaysOne() throws IOException {
        assertThat(field("List-Id", "Grüße <hello.example.com>"))
                .isEqualTo("=?UTF-8?B?R3LDvMOfZQ==?= <hello.example.com>");
        assertThat(field("List-Id", "<hello.example.com>")).isEqualTo("<hello.example.com>");
    }

    @Test
    void namesThatComeEncodedAreNotEncodedAgain() throws IOException {
        Draft draft =
                Draft.from(
                                Addresses.address("=?utf-8?Q?J=C3=B6rg?= <a@b>"),
                                Drafts.MESSAGE_ID,
                                Drafts.DATE)
                        .to(Addresses.address("=?utf-8?B?RG9lLCBKb2hu?= <j@x>"))
                        .build();
        assertThat(wire(draft))
                .contains("\nFrom: =?UTF-8?B?SsO2cmc=?= <a@b>\nTo: \"Doe, John\" <j@x>\n");
    }

    /** All in ASCII they stay as they are; beside other text no reader would decode them. */
    @Test
    void encodedWordsInAHeaderAreReadOnce() throws IOException {
        String words = "=?iso-8859-1?q?=FC?= =?UTF-8?B?w6Q=?=";
        assertThat(field("X-Own", words)).isEqualTo(words);
        assertThat(field("X-Own", "é " + words)).isEqualTo("=?UTF-8?B?w6kgw7zDpA==?=");
        assertThat(field("List-Id", "é " + words + " <a.example>"))
                .isEqualTo("=?UTF-8?B?w6kgw7zDpA==?= <a.example>");
    }

    @Test
    void referencesFoldedAsTheyWereReceivedAreUnfolded() throws IOException {
        Draft draft =
                draft().inReplyTo(" <c@x>\r\n")
                        .references(List.of("<a@x>\r\n\t<b@x>\n <c@x>\r\n", "<d@x>,<e@x>\n<f@x>"))
                        .build();
        assertThat(wire(draft))
                .contains(
                        "\nIn-Reply-To: <c@x>\nReferences: <a@x> <b@x> <d@x> <e@x> <f@x> <c@x>\n");
    }

    @Test
    void halfASurrogatePairIsRefusedByTheFieldsNameWherever() {
        String cut = "cut \ud83d";
        assertThat(Address.parse(cut + " <a@b>")).isInstanceOf(MalformedAddress.class);
        assertThat(Address.of(cut, "a@b")).isInstanceOf(MalformedAddress.class);
        Draft draft =
                draft().subject(cut)
                        .text(cut)
                        .html("\udc00" + cut)
                        .header("X-Cut", cut)
                        .header("List-Help", "<https://example.com/" + cut + ">")
                        .invitation(
                                new Invitation(
                                        "REQUEST",
                                        "BEGIN:VCALENDAR\nMETHOD:REQUEST\n" + cut,
                                        false))
                        .attach(Attachment.file(cut, Source.of(new byte[1])))
                        .build();
        assertThat(ComposeDraft.compose(draft))
                .isInstanceOfSatisfying(
                        Composition.Flawed.class,
                        flawed ->
                                assertThat(flawed.flaws())
                                        .filteredOn(flaw -> flaw.kind() == Flaw.Kind.NO_TEXT)
                                        .extracting(Flaw::field)
                                        .containsExactlyInAnyOrder(
                                                "subject",
                                                "text",
                                                "html",
                                                "headers[X-Cut]",
                                                "headers[List-Help]",
                                                "invitation",
                                                "attachments[0].filename"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Doe, John <j@x>                     | "Doe, John" <j@x>
                    a@x, John <j@x>                     | a@x; John <j@x>
                    Doe, John <j@x>, Roe; Jane <r@x>    | "Doe, John" <j@x>; "Roe; Jane" <r@x>
                    a@x; b@x                            | a@x; b@x
                    a@x,, b@x,                          | a@x; b@x
                    "Doe, John" <j@x>, b@x              | "Doe, John" <j@x>; b@x
                    =?utf-8?q?Doe,_John?= <j@x>, b@x    | "Doe, John" <j@x>; b@x
                    team: a@x, b@x;, c@x                | a@x; b@x; c@x
                    a@x (one, two), b@x                 | a@x; b@x
                    """)
    void aCommaEndsAnAddressOnlyWhereOneStandsBeforeIt(String list, String addresses) {
        assertThat(
                        Address.parseList(list, 10).stream()
                                .map(parsed ->
                                        switch (parsed) {
                                            case Address address -> address.toString();
                                            case MalformedAddress(String reason) -> reason;
                                        })
                                .collect(joining("; ")))
                .isEqualTo(addresses);
    }

    private static String field(String name, String value) throws IOException {
        String header = wire(draft().header(name, value).build()).replace("\n ", " ");
        int start = header.indexOf("\n" + name + ": ") + name.length() + 3;
        return header.substring(start, header.indexOf('\n', start));
    }

    private static Flaw.Kind flaw(String name, String value) {
        return switch (ComposeDraft.compose(draft().header(name, value).build())) {
            case Composed _ -> throw new AssertionError(value);
            case Composition.Flawed flawed -> flawed.flaws().getFirst().kind();
        };
    }
}
