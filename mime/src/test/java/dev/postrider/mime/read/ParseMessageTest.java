package dev.postrider.mime.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postrider.mime.compose.Allocated;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.compose.Drafts;
import dev.postrider.mime.compose.Expected;
import dev.postrider.mime.compose.HardDrafts;
import dev.postrider.mime.compose.Reading;
import dev.postrider.mime.header.Disposition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParseMessageTest {
    private static final Map<String, Draft> DRAFTS = HardDrafts.all();
    static final Iterable<String> NAMES = DRAFTS.keySet();

    @ParameterizedTest
    @FieldSource("NAMES")
    void readsWhatWentIn(String name) throws IOException {
        Draft draft = requireNonNull(DRAFTS.get(name));
        Reading expected = Expected.readingOf(draft);
        byte[] message = Drafts.bytes(draft);
        ParsedMessage parsed = parse(message);
        assertThat(parsed.exceeded()).isEmpty();
        assertThat(parsed.value("subject")).hasValue(expected.subject());
        assertThat(texts(parsed))
                .containsExactlyElementsOf(
                        expected.texts().stream()
                                .filter(text -> !text.startsWith("calendar: "))
                                .map(ParseMessageTest::shown)
                                .toList());
        List<MessagePart> files =
                parsed.files().stream()
                        .filter(file -> !file.contentType().equals("text/calendar"))
                        .toList();
        assertThat(files.stream().map(file -> reading(message, file)))
                .containsExactlyInAnyOrderElementsOf(expected.files());
        assertThat(files).allMatch(file -> decoded(message, file).length == file.size());
    }

    @Test
    void readsTheSameInSlicesOfAnySize() throws IOException {
        Random random = new Random(1);
        for (Draft draft : DRAFTS.values()) {
            byte[] message = Drafts.bytes(draft);
            ParseMessage slices = new ParseMessage(MessageLimits.TAKEN);
            int at = 0;
            while (at < message.length) {
                int end = Math.min(message.length, at + 1 + random.nextInt(1_500));
                slices.add(message, at, end);
                at = end;
            }
            ParseMessage octets = new ParseMessage(MessageLimits.TAKEN);
            for (int i = 0; i < message.length; i++) {
                octets.add(message, i, i + 1);
            }
            assertThat(slices.end()).isEqualTo(parse(message)).isEqualTo(octets.end());
        }
    }

    @Test
    void findsPartsWithinParts() {
        ParsedMessage parsed =
                parse(
                        """
                        Subject: =?utf-8?q?J=C3?= =?utf-8?q?=B6rg?=
                         goes on
                        Content-Type: multipart/mixed; boundary="a b" (so)

                        preamble
                        --a b
                        Content-Type: multipart/alternative; boundary=a

                        --a \s
                        content-type: TEXT/PLAIN; charset=iso-8859-1
                        Content-Transfer-Encoding: Quoted-Printable

                        J=F6rg =
                        here \t
                        = 20

                        --a
                        Content-Type: text/html

                        <p>
                        --a--
                        epilogue
                        --a b
                        Content-Type: multipart/digest; boundary=d

                        --d

                        From: a message in a message

                        --d--
                        --a b
                        Content-Disposition: inline; filename*0*=utf-8''na%C3%AF;
                         filename*1=ve.txt
                        Content-ID: <an@id>
                        Content-Transfer-Encoding: BASE64

                        SGVs bG8=
                        IQ==
                        --a b
                        --a b--
                        --a
                        """);
        assertThat(parsed.value("Subject")).hasValue("Jörg goes on");
        assertThat(parsed.text()).hasValue("Jörg here\n= 20");
        assertThat(parsed.html()).hasValue("<p>");
        assertThat(parsed.files())
                .extracting(MessagePart::contentType, MessagePart::filename, MessagePart::size)
                .containsExactly(
                        tuple("message/rfc822", "", 30L),
                        tuple("text/plain", "naïve.txt", 6L),
                        tuple("text/plain", "", 0L));
        assertThat(parsed.files().get(1).contentId()).isEqualTo("an@id");
        assertThat(parsed.files().get(1).disposition()).isEqualTo(Disposition.INLINE);
    }

    @Test
    void readsNoFurtherThanItsLimits() {
        MessageLimits limits = new MessageLimits(100, 3, 3, 1, 5);
        assertThat(parse("X: " + "x".repeat(200) + "\n\n1234567", limits).exceeded())
                .containsExactlyInAnyOrder(
                        MessageLimits.Exceeded.HEADER_OCTETS, MessageLimits.Exceeded.TEXT);
        assertThat(parse("A: 1\nB: 2\nC: 3\nD: 4\n\n1", limits).exceeded())
                .containsExactly(MessageLimits.Exceeded.HEADER_FIELDS);
        String multipart = "Content-Type: multipart/mixed; boundary=";
        assertThat(parse(multipart + "a\n\n--a\n\n1\n--a\n\n2\n--a\n\n3", limits).exceeded())
                .containsExactly(MessageLimits.Exceeded.PARTS);
        assertThat(parse(multipart + "a\n\n--a\n" + multipart + "b\n\n--b\n\nx", limits))
                .satisfies(parsed -> {
                    assertThat(parsed.exceeded()).containsExactly(MessageLimits.Exceeded.DEPTH);
                    assertThat(parsed.files()).hasSize(1);
                });
    }

    @Test
    void givesNoTextThatADatabaseOrJsonWouldNotTake() {
        ParsedMessage parsed =
                parse(
                        """
                        Subject: =?utf-8?q?a=00b?=
                        Content-Type: text/plain; charset=invented

                        a\0b
                        """);
        assertThat(parsed.value("subject")).hasValue("a\ufffdb");
        assertThat(parsed.text()).hasValue("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--a\r\n\r\n",
                "--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n",
                "--a\r\nX: =?x?q?y?= =?utf-8?b?eA==?=\r\n\r\nx\r\n",
                "--a--\r\n--a\r\n",
                "--\r\n",
                "--aa\r\n",
                "\r",
                "\n",
                "=",
                " ",
                "-",
                "\u00ff",
            })
    void worksAsMuchForTwiceAsMuch(String piece) {
        for (String before : List.of("", "\r\n--a\r\nContent-Transfer-Encoding: base64\r\n\r\n")) {
            String start = "Content-Type: multipart/mixed; boundary=a\r\n" + before;
            byte[] once = (start + piece.repeat(400_000 / piece.length())).getBytes(ISO_8859_1);
            byte[] twice = (start + piece.repeat(800_000 / piece.length())).getBytes(ISO_8859_1);
            parse(once);
            assertThat(Allocated.by(() -> parse(twice)))
                    .isLessThan(2 * Allocated.by(() -> parse(once)) + 100_000);
        }
    }

    @Test
    void readsEightThousandPartsWithinOneAnotherAsFarAsFifty() {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 8_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i)
                    .append("\r\n");
        }
        ParsedMessage parsed = parse(message.toString().getBytes(UTF_8));
        assertThat(parsed.exceeded()).containsExactly(MessageLimits.Exceeded.DEPTH);
        assertThat(parsed.files()).hasSize(1);
    }

    private static Stream<String> texts(ParsedMessage parsed) {
        return Stream.concat(
                parsed.text().map(text -> "plain: " + text).stream(),
                parsed.html().map(text -> "html: " + text).stream());
    }

    /** Without the end of the last line. */
    private static String shown(String text) {
        return (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text)
                .replace('\0', '\ufffd');
    }

    private static Reading.File reading(byte[] message, MessagePart file) {
        return new Reading.File(
                file.filename(),
                file.contentType(),
                file.disposition().token(),
                file.contentId().isEmpty() ? "" : "<" + file.contentId() + ">",
                HexFormat.of().formatHex(decoded(message, file)));
    }

    private static byte[] decoded(byte[] message, MessagePart file) {
        InputStream encoded =
                new ByteArrayInputStream(message, (int) file.offset(), (int) file.length());
        try (InputStream in = file.decode(encoded)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ParsedMessage parse(String lines) {
        return parse(lines, MessageLimits.TAKEN);
    }

    private static ParsedMessage parse(String lines, MessageLimits limits) {
        return parse(lines.replace("\n", "\r\n").getBytes(UTF_8), limits);
    }

    private static ParsedMessage parse(byte[] message) {
        return parse(message, MessageLimits.TAKEN);
    }

    private static ParsedMessage parse(byte[] message, MessageLimits limits) {
        try {
            return ParsedMessage.of(new ByteArrayInputStream(message), limits);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
