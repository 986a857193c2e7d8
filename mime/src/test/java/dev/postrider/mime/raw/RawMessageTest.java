package dev.postrider.mime.raw;

import static dev.postrider.mime.address.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Drafts;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.HardDrafts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawMessageTest {
    private static final String WHOLE =
            """
            Date: Mon, 2 Nov 2026 09:05:07 +0100
            From: =?UTF-8?Q?J=C3=B6rg?= <joerg@example.com>
            To: "Doe, John" <john@example.org>, team: a@example.org,
             b@example.org (Bob);
            Cc: A@Example.org
            Subject: =?UTF-8?B?R3LDvA==?=
             =?UTF-8?B?w59l?=
            Message-ID: <1@example.com>
            X-Odd:   kept  as\tit is \s

            .
            Body with ümlaut
            """;

    @Test
    void keepsTheCallersBytes() throws IOException {
        assertThat(sent(checked(WHOLE))).isEqualTo(WHOLE);
    }

    @Test
    void saysWhatAnEnvelopeNeeds() {
        RawMessage message = checked(WHOLE);
        assertThat(message.from()).isEqualTo(address("Jörg", "joerg@example.com"));
        assertThat(message.recipients())
                .containsExactly(
                        address("Doe, John", "john@example.org"),
                        address("a@example.org"),
                        address("b@example.org"),
                        address("A@example.org"));
        assertThat(message.subject()).isEqualTo("Grüße");
        assertThat(message.messageId()).isEqualTo("<1@example.com>");
        assertThat(message.missing()).isEmpty();
    }

    @Test
    void saysWhatAServerMustKnow() {
        Composed eightBit = completed(checked(WHOLE));
        assertThat(eightBit.needsEightBit()).isTrue();
        assertThat(eightBit.needsSmtpUtf8()).isFalse();
        Composed utf8 = completed(checked("From: ü@example.com\n\nx\n"));
        assertThat(utf8.needsSmtpUtf8()).isTrue();
        assertThat(completed(checked("From: u@example.com\n\nx\n")).needsEightBit()).isFalse();
    }

    @Test
    void takesOutBlindRecipientsAndKeepsThemForTheEnvelope() throws IOException {
        RawMessage message =
                checked("Bcc: x@y,\n z@y\nFrom: a@b\nBCC: w@y\nTo: x@y\nSubject: s\n\nBcc: body\n");
        assertThat(message.recipients())
                .containsExactly(address("x@y"), address("z@y"), address("w@y"));
        assertThat(sent(message)).endsWith("From: a@b\nTo: x@y\nSubject: s\n\nBcc: body\n");
        assertThat(sent(message)).doesNotContainIgnoringCase("\nBcc: w");
    }

    @Test
    void addsWhatIsMissingBeforeTheHeader() throws IOException {
        RawMessage message = checked("From: a@b\n\nx");
        assertThat(message.missing()).containsExactly("Date", "Message-ID");
        assertThat(sent(message))
                .isEqualTo(
                        """
                        Date: Mon, 2 Nov 2026 09:05:07 +0100
                        Message-ID: <0197-test@example.com>
                        From: a@b

                        x
                        """);
    }

    @Test
    void refusesLinesThatDoNotEndWithCrlf() {
        assertThat(reason("From: a@b\r\n\r\nx\ny\r\n"))
                .isEqualTo("raw: Line 3 has a CR or LF alone; lines end with CRLF.");
        assertThat(reason("From: a@b\r\n\r\nx\r\n\r.\r\n"))
                .isEqualTo("raw: Line 4 has a CR or LF alone; lines end with CRLF.");
        assertThat(reason("From: a@b\r\n\r\nx\r"))
                .isEqualTo("raw: Line 3 has a CR or LF alone; lines end with CRLF.");
    }

    @Test
    void refusesLongLinesAndNul() {
        String start = "From: a@b\r\n\r\n";
        assertThat(check(start + "x".repeat(998) + "\r\n")).isInstanceOf(RawMessage.class);
        assertThat(check(start + "x".repeat(998))).isInstanceOf(RawMessage.class);
        assertThat(reason(start + "x".repeat(999) + "\r\n")).contains("Line 3 has more than 998");
        assertThat(reason(start + "x".repeat(999))).contains("Line 3 has more than 998");
        assertThat(reason(start + "a\0b\r\n")).contains("Line 3 has a NUL");
    }

    @Test
    void refusesHeadersThatAreNone() {
        assertThat(reason("From a@b Mon Nov 2\r\nFrom: a@b\r\n\r\n")).contains("Line 1 isn't");
        assertThat(reason(" From: a@b\r\n\r\n")).contains("Line 1 isn't");
        assertThat(reason("From: a@b\r\nSubject : x\r\n\r\n")).contains("Line 2 isn't");
        assertThat(reason("From: a@b\r\nno colon\r\n\r\n")).contains("Line 2 isn't");
        assertThat(reason("\r\nFrom: a@b\r\n")).contains("must begin with its header");
        assertThat(reason("")).contains("must begin with its header");
        assertThat(RawMessage.check("From: \u00fc@b\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(RawCheck.Flawed.class);
    }

    @Test
    void refusesWhatCouldBeReadInTwoWays() {
        assertThat(reason("To: a@b\r\n\r\n")).contains("no From");
        assertThat(reason("From: \r\n\r\n")).contains("no address");
        assertThat(reason("From: a@b, c@d\r\n\r\n")).contains("several addresses");
        assertThat(reason("From: a@b\r\nFrom: c@d\r\n\r\n")).contains("twice");
        assertThat(reason("From: a@b\r\nSubject: x\r\nsubject: y\r\n\r\n")).contains("twice");
        assertThat(reason("From: a@b\r\nTo: nobody\r\n\r\n"))
                .isEqualTo("To: The address has no @.");
        assertThat(reason("From: a@b\r\nResent-To: a@b\r\n\r\n")).contains("Resent-To");
        assertThat(reason("From: a@b\r\nMessage-ID: x\r\n\r\n")).contains("<unique@domain>");
    }

    @Test
    void refusesWhatCannotBeTrue() {
        assertThat(reason("From: a@b\r\nDate: x\r\n\r\n")).contains("A Date is written");
        assertThat(reason("From: a@b\r\nDate:\r\n\r\n")).contains("A Date is written");
        assertThat(reason("From: a@b\r\nReply-To: x y\r\n\r\n")).startsWith("Reply-To: ");
        for (String once :
                List.of(
                        "Date: Mon, 2 Nov 2026 09:05:07 +0100",
                        "Message-ID: <1@example.com>",
                        "Reply-To: a@b",
                        "To: a@b",
                        "Cc: a@b",
                        "In-Reply-To: <1@example.com>",
                        "References: <1@example.com>",
                        "Sender: a@b",
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain")) {
            String twice = once + "\r\n" + once + "\r\n";
            assertThat(reason("From: a@b\r\n" + twice + "\r\n")).as(once).contains("twice");
        }
    }

    @Test
    void refusesAControlCharacterThatAnEncodedNameHides() {
        assertThat(reason("From: =?UTF-8?Q?a=0D=0ABcc=3A_x?= <a@b>\r\n\r\n"))
                .isEqualTo("From: The name has a carriage return at character 2; remove it.");
    }

    @Test
    void readsCommasInEncodedNames() {
        assertThat(checked("From: =?utf-8?q?Doe=2C_J=C3=B6rg?= <a@b>\n\n").from())
                .isEqualTo(address("Doe, Jörg", "a@b"));
        assertThat(checked("From: a@b\nTo: =?utf-8?q?Doe,_J=C3=B6rg?= <a@b>\n\n").recipients())
                .containsExactly(address("Doe, Jörg", "a@b"));
    }

    @Test
    void acceptsWhatWeComposeOurselves() throws IOException {
        for (Draft draft : HardDrafts.all().values()) {
            byte[] composed = Drafts.bytes(draft);
            assertThat(RawMessage.check(composed))
                    .isInstanceOfSatisfying(
                            RawMessage.class,
                            raw -> assertThat(raw.from()).isEqualTo(draft.from()));
        }
    }

    private static RawCheck check(String message) {
        return RawMessage.check(message.getBytes(StandardCharsets.UTF_8));
    }

    private static RawMessage checked(String lines) {
        return switch (check(lines.replace("\n", "\r\n"))) {
            case RawMessage message -> message;
            case RawCheck.Flawed flawed -> throw new AssertionError(flawed.flaws().toString());
        };
    }

    private static String reason(String message) {
        return switch (check(message)) {
            case RawMessage _ -> "none";
            case RawCheck.Flawed flawed -> {
                List<Flaw> flaws = flawed.flaws();
                yield flaws.getFirst().field() + ": " + flaws.getFirst().reason();
            }
        };
    }

    private static Composed completed(RawMessage message) {
        return message.complete(Drafts.MESSAGE_ID, Drafts.DATE);
    }

    private static String sent(RawMessage message) throws IOException {
        return new String(completed(message).toBytes(), StandardCharsets.UTF_8)
                .replace("\r\n", "\n");
    }
}
