package dev.postrider.mime.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.Author;
import dev.postrider.mime.address.ParseAuthor;
import dev.postrider.mime.address.ParsedAddress;
import dev.postrider.mime.compose.ComposeDraft;
import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.ReadByMime4j;
import dev.postrider.mime.compose.ReadByPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody who may send as me@own.example is shown as somebody else, whoever reads the message. */
final class TwoFacedFromTest {
    private static final String OWN = "me@own.example";

    static final List<String> CLEAR =
            List.of(
                    "me@own.example",
                    "  me@own.example ",
                    "<me@own.example>",
                    "\r\n me@own.example",
                    "Me <me@own.example>",
                    "Me<me@own.example>",
                    "Me\r\n\t<me@own.example>",
                    "John Q. Public <me@own.example>",
                    "\"Doe, John\" <me@own.example>",
                    "\"Doe \\\"Jo\\\" (x): y; [z]\" <me@own.example>",
                    "\"Me (at work)\" <me@own.example>",
                    "\"me@own.example\" <me@own.example>",
                    "\"Me @ Work\" <me@own.example>",
                    "\"\" <me@own.example>",
                    "=?utf-8?Q?J=C3=B6rg?= <me@own.example>",
                    "=?utf-8?Q?J=C3=B6rg?= Doe <me@own.example>",
                    "=?utf-8?b?SsO2cmcgKEVVKQ==?= <me@own.example>",
                    "=?utf-8?Q?J=C3=B6rg_=22Jo=22?= <me@own.example>",
                    "=?utf-8?Q?Doe=2C_J=C3=B6rg?= <me@own.example>",
                    "=?utf-8?q?J=C3?=\r\n =?utf-8?q?=B6rg?= <me@own.example>",
                    "J\u00f6rg <me@own.example>");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    SEVERAL              | ceo@bank.example, me@own.example
                    SEVERAL              | me@own.example, ceo@bank.example
                    SEVERAL              | me@own.example,
                    SEVERAL              | <me@own.example>, <ceo@bank.example>
                    SEVERAL              | CEO <ceo@bank.example> <me@own.example>
                    SEVERAL              | ceo@bank.example, <me@own.example>
                    SEVERAL              | Doe, John <me@own.example>
                    GROUP                | ceo@bank.example: me@own.example;
                    GROUP                | team: ceo@bank.example, me@own.example;
                    GROUP                | team:; <me@own.example>
                    GROUP                | me@own.example; ceo@bank.example
                    COMMENT              | (ceo@bank.example) me@own.example
                    COMMENT              | me@own.example (ceo@bank.example)
                    COMMENT              | ceo@bank.example ( <me@own.example>
                    COMMENT              | Me (a (b) <ceo@bank.example>) <me@own.example>
                    COMMENT              | Me ) <me@own.example>
                    ROUTE                | <@bank.example:me@own.example>
                    ROUTE                | <@bank.example,@b.example:me@own.example>
                    ROUTE                | <ceo@bank.example:me@own.example>
                    QUOTED_LOCAL_PART    | "ceo@bank.example"@own.example
                    QUOTED_LOCAL_PART    | <"ceo@bank.example"@own.example>
                    QUOTED_LOCAL_PART    | "me"@own.example
                    BLANK_IN_ADDRESS     | ceo@bank.example me@own.example
                    BLANK_IN_ADDRESS     | me @own.example
                    BLANK_IN_ADDRESS     | <me@ own.example>
                    BLANK_IN_ADDRESS     | < me@own.example>
                    SPECIAL_IN_NAME      | Me [ceo@bank.example] <me@own.example>
                    SPECIAL_IN_NAME      | Me \\" <me@own.example>
                    OPEN_QUOTE           | "Me <me@own.example>
                    OPEN_QUOTE           | "ceo@bank.example\\" <me@own.example>
                    OPEN_ANGLE           | Me <me@own.example
                    OPEN_ANGLE           | Me > <me@own.example>
                    OPEN_ANGLE           | Me <me@own.example> Bank
                    OPEN_ANGLE           | Me <me@own.example>>
                    ADDRESS_IN_NAME      | ceo@bank.example <me@own.example>
                    ADDRESS_IN_NAME      | me@own.example <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?q?me=40own.example?= <me@own.example>
                    ADDRESS_IN_NAME      | "ceo@bank.example" <me@own.example>
                    ADDRESS_IN_NAME      | "<ceo@bank.example>" <me@own.example>
                    ADDRESS_IN_NAME      | "CEO <bank>" <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?q?ceo=40bank=2Eexample?= <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?b?Y2VvQGJhbmsuZXhhbXBsZT4s?= <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?q?ceo=40bank.example=2C?= <me@own.example>
                    ADDRESS_IN_NAME      | "=?utf-8?q?ceo=40bank.example?=" <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?q?ceo=40?= =?utf-8?q?bank.example?= <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-7?q?x?= ceo@bank.example <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-16be?b?AGMAZQBvAEAAYgBhAG4Aaw==?= <me@own.example>
                    ADDRESS_IN_NAME      | ceo\uff20bank.example <me@own.example>
                    ADDRESS_IN_NAME      | =?utf-8?q?=3Cceo?= <me@own.example>
                    OPEN_COMMENT_IN_NAME | =?utf-8?q?CEO_=28?= <me@own.example>
                    OPEN_COMMENT_IN_NAME | =?utf-8?q?CEO_=22?= <me@own.example>
                    SPECIAL_IN_WORD      | =?utf-8?q?CEO,_Bank?= <me@own.example>
                    SPECIAL_IN_WORD      | =?utf-8?q?ceo:?= <me@own.example>
                    BROKEN_WORD          | =?utf-7?q?ceo+AEA-bank?= <me@own.example>
                    BROKEN_WORD          | =?utf-8?x?ceo?= <me@own.example>
                    BROKEN_WORD          | =?utf-8?q?=3D=3Futf-8=3Fq=3Fceo=3D40bank=3F=3D?= <me@own.example>
                    BROKEN_WORD          | =?utf-8?q?ceo=40bank.example?=
                    BROKEN_WORD          | <=?utf-8?q?me?=@own.example>
                    """)
    void isRefusedWithItsReason(Author.Reason reason, String from) {
        assertThat(ParseAuthor.parse(from.replace("\\uff20", "\uff20")))
                .isEqualTo(new Author.Unclear(reason));
        assertThat(kind(from)).isEqualTo(Flaw.Kind.AMBIGUOUS);
    }

    /** The name beyond ASCII makes it an encoded word; decoded first, two addresses come out. */
    @ParameterizedTest
    @CsvSource({
        "'ceo@bank.example, \u00e9', false",
        "ceo@bank.example, false",
        "ceo\uff20bank.example, false",
        "J\u00f6rg <ceo>, false",
        "me@own.example, true",
        "Me @ Work, true",
        "Me @ Caf\u00e9, false",
        "ceo @bank.example, false",
        "'Doe, J\u00f6rg (at work)', true",
    })
    void isRefusedInADraftToo(String name, boolean composes) {
        ParsedAddress from = Address.of(name, OWN);
        Draft draft =
                Draft.from((Address) from, "<1@own.example>", ZonedDateTime.now(ZoneOffset.UTC))
                        .text("x")
                        .build();
        assertThat(ComposeDraft.compose(draft) instanceof Composed).isEqualTo(composes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: me@own.example\r\nFrom: ceo@bank.example\r\n",
                "From: me@own.example\r\nFROM: ceo@bank.example\r\n",
                "From: me@own.example\r\n \r\n ceo@bank.example\r\n",
                "From:\r\n \r\n me@own.example\r\n",
                "From : ceo@bank.example\r\nFrom: me@own.example\r\n",
                "From: \r\nFrom: me@own.example\r\n",
                " From: ceo@bank.example\r\nFrom: me@own.example\r\n",
                "From: me@own.example\0, ceo@bank.example\r\n",
                "From: Me\u000b <me@own.example>\r\n",
                "From: me@own.example\r\nSubject: x\u000bFrom: ceo@bank.example\r\n",
                "From: me@own.example\r\nSubject: x\u0085From: ceo@bank.example\r\n",
                "From: me@own.example\r\nSubject: x\u2028From: ceo@bank.example\r\n",
                "From: me@own.example\rFrom: ceo@bank.example\r\n",
                "From: me@own.example\nFrom: ceo@bank.example\r\n",
                "From: m\u00e8\u200b@own.example\r\n",
                "From: me@own.example\r\nnot a field\r\nFrom: ceo@bank.example\r\n",
                "From: me@own.example\r\nSender: ceo@bank.example\r\n",
                "From: me@own.example\r\nSender: me@own.example, ceo@bank.example\r\n",
                "From: me@own.example\r\nSender:\r\n",
                "From: me@own.example\r\nReturn-Path: <ceo@bank.example>\r\n",
                "From: me@own.example\r\nReturn-Path: <>\r\n",
                "From: me@own.example\r\nReceived: from bank.example\r\n",
                "From: me@own.example\r\nReceived-SPF: pass\r\n",
                "From: me@own.example\r\nDelivered-To: x@y.example\r\n",
                "From: me@own.example\r\nAuthentication-Results: x; dkim=pass\r\n",
                "From: me@own.example\r\nARC-Authentication-Results: i=1; x; dkim=pass\r\n",
                "From: me@own.example\r\nARC-Seal: i=1\r\n",
                "From: me@own.example\r\nDomainKey-Signature: a=x\r\n",
                "From: me@own.example\r\nResent-From: ceo@bank.example\r\n",
                "From: me@own.example\r\nResent-Sender: ceo@bank.example\r\n",
                "From: me@own.example\r\nx-postrider-lane: 1\r\n",
            })
    void isRefusedByOtherFieldsToo(String header) {
        assertThat(RawMessage.check((header + "\r\nx\r\n").getBytes(UTF_8)))
                .isInstanceOf(RawCheck.Flawed.class);
    }

    @Test
    void isRefusedInOctetsThatAreNoUtf8() {
        byte[] message = "From: J\u00f6 <me@own.example>\r\n\r\nx\r\n".getBytes(UTF_8);
        message[7] = (byte) 0xff;
        assertThat(RawMessage.check(message)).isInstanceOf(RawCheck.Flawed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sender: Me <me@own.example>\r\n",
                "Return-Path: <me@OWN.example>\r\n",
                "DKIM-Signature: v=1; a=rsa-sha256; d=own.example\r\n",
                "Reply-To: other@example.org\r\n",
                "List-Unsubscribe: <https://own.example/u>\r\n",
                "X-Mailer: mine\r\n",
            })
    void isNoneIfOtherFieldsAreTheAuthors(String field) {
        assertThat(check("me@own.example\r\n" + field.stripTrailing()))
                .isInstanceOf(RawMessage.class);
    }

    @ParameterizedTest
    @FieldSource("CLEAR")
    void isNoneIfMime4jReadsTheSame(String from) throws IOException {
        assertThat(check(from))
                .isInstanceOfSatisfying(
                        RawMessage.class,
                        message -> assertThat(message.from().addrSpec()).isEqualTo(OWN));
        assertThat(ReadByMime4j.parse(message(from)).getFrom())
                .extracting(mailbox -> mailbox.getAddress())
                .containsExactly(OWN);
    }

    @Test
    void isNoneIfPythonReadsTheSameInAllItsWays(@TempDir Path directory) throws Exception {
        for (int i = 0; i < CLEAR.size(); i++) {
            Files.write(directory.resolve("%02d".formatted(i)), message(CLEAR.get(i)));
        }
        List<String> found = ReadByPython.run("read_authors.py", directory).lines().toList();
        assertThat(found).hasSize(4 * CLEAR.size());
        String own = Base64.getEncoder().encodeToString(OWN.getBytes(UTF_8));
        assertThat(found).allSatisfy(line -> assertThat(line.split("\t", 3)[2]).isEqualTo(own));
    }

    private static Flaw.Kind kind(String from) {
        return switch (check(from)) {
            case RawMessage _ -> throw new AssertionError(from);
            case RawCheck.Flawed flawed -> flawed.flaws().getFirst().kind();
        };
    }

    private static RawCheck check(String from) {
        return RawMessage.check(message(from));
    }

    private static byte[] message(String from) {
        return ("From: " + from + "\r\nTo: x@y.example\r\nSubject: s\r\n\r\nx\r\n").getBytes(UTF_8);
    }
}
