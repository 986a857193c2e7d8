package dev.postrider.transport.api.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Emails;
import dev.postrider.email.Recipient;
import dev.postrider.transport.api.message.MessageBody.Form;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageBodyTest {
    /** Its length is promised before the first octet is written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 16_383, 16_384, 100_000, 100_001})
    void whatIsWrittenIsAsLongAsWasSaid(int size) throws Exception {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        var message = ApiMessage.of(email(content), (_, _, _) -> new ByteArrayInputStream(content));
        for (var form : Form.values()) {
            var body = MessageBody.between("{\"raw\":\"", message, form, "\"}");
            var out = new ByteArrayOutputStream();
            body.writeTo(out);
            assertThat(out.size()).as(form.name()).isEqualTo(body.length());
            var written = out.toByteArray();
            var inner = new String(written, 8, written.length - 10, ISO_8859_1);
            var octets =
                    switch (form) {
                        case OCTETS -> inner.getBytes(ISO_8859_1);
                        case BASE64 -> Base64.getDecoder().decode(inner);
                        case BASE64_URL -> Base64.getUrlDecoder().decode(inner);
                    };
            assertThat(octets.length).isEqualTo((int) message.size());
            assertThat(octets).endsWith(content);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    To: r0@example.org                                    | 0
                    To: R0@EXAMPLE.org, "A, B" <r1@example.org>           | 0
                    To: x <r0@example.org>, y <r1@example.org>            | 0
                    Cc: Team: r0@example.org, r1@example.org;             | 0
                    To: r0@example.org, late@example.org                  | 1
                    Subject: To: a@example.org                            | 0
                    """)
    void whomTheHeaderNames(String field, int inVain) throws Exception {
        var content = (field + "\r\n\r\nTo: body@example.org\r\n").getBytes(UTF_8);
        var message = ApiMessage.of(email(content), (_, _, _) -> new ByteArrayInputStream(content));
        assertThat(message.namedInVain()).hasSize(inVain);
    }

    @Test
    void foldedFieldsAreRead() throws Exception {
        var content =
                ("Subject: a\r\nIn-Reply-To:\r\n <1@example.org>\r\nFROM: Ann\r\n\t<ann@example.org>\r\n"
                                + "To: r0@example.org,\r\n r1@example.org\r\n\r\nx")
                        .getBytes(UTF_8);
        var head = MessageHead.read(new ByteArrayInputStream(content));
        assertThat(head.inReplyTo()).contains("<1@example.org>");
        assertThat(head.from()).contains("ann@example.org");
        assertThat(head.named()).containsExactlyInAnyOrder("r0@example.org", "r1@example.org");
    }

    @Test
    void othersComeAsBccBeforeTheMessage() throws Exception {
        var content = "To: r0@example.org\r\n\r\nHi\r\n".getBytes(UTF_8);
        var email = email(content);
        var out = new ByteArrayOutputStream();
        MessageBody.of(
                        ApiMessage.of(email, (_, _, _) -> new ByteArrayInputStream(content)),
                        Form.OCTETS)
                .writeTo(out);
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        "Bcc: r1@example.org\r\nX-Postrider-Id: "
                                + email.key().id()
                                + "\r\nTo: r0@example.org\r\n\r\nHi\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ":", "\r\n", "a:b", "To", " folded first\r\nTo: a@b.example"})
    void aStrangeHeaderIsRead(String text) throws Exception {
        assertThat(MessageHead.read(new ByteArrayInputStream(text.getBytes(UTF_8))).inReplyTo())
                .isEmpty();
    }

    private static DueEmail email(byte[] content) {
        var email = Emails.one().to(2).email();
        return new DueEmail(
                email.key(),
                email.lane(),
                email.messageId(),
                email.sender(),
                List.of(
                        new Recipient(0, Recipient.Kind.TO, "r0@example.org"),
                        new Recipient(1, Recipient.Kind.BCC, "r1@example.org")),
                false,
                Content.of(content),
                false,
                false,
                0,
                0,
                email.unknownSince(),
                email.asked(),
                email.onUnknown(),
                false,
                email.createdAt(),
                email.giveUpAt());
    }
}
