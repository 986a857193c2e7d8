package dev.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Fixtures;
import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.LineEnds;
import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.server.Capabilities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Whatever a server says: a reply, or one of the two exceptions, and never more memory than the
 * bounds.
 */
class ParserPropertiesTest {

    /** Octets that come near to replies, so that most of the parser is reached. */
    @Provide
    Arbitrary<byte[]> nearReplies() {
        Arbitrary<String> piece =
                Arbitraries.oneOf(
                        Arbitraries.of("250", "354", "421", "550", "99", "2x0", "", "1234"),
                        Arbitraries.of(
                                "-", " ", "\r\n", "\n", "\r", "\r\n.\r\n", "\0", "5.1.1", "2.0.0 "),
                        Arbitraries.strings().ofMaxLength(20),
                        Arbitraries.of(
                                "x".repeat(9000), "250-x\r\n".repeat(200), "ÿ", "\ud83d\ude00"));
        return piece.list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> anything() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20_000);
    }

    @Property(tries = 3000)
    void nearRepliesNeverBreakTheReader(@ForAll("nearReplies") byte[] octets) {
        readAll(octets);
    }

    @Property(tries = 500)
    void anythingNeverBreaksTheReader(@ForAll("anything") byte[] octets) {
        readAll(octets);
    }

    private static void readAll(byte[] octets) {
        var reader = new ReplyReader(new Transcript(1000), () -> {});
        reader.use(new ByteArrayInputStream(octets));
        try {
            while (true) {
                Reply reply = reader.read();
                assertThat(reply.code()).isBetween(200, 599);
                assertThat(reply.lines()).hasSizeBetween(1, 128);
                assertThat(reply.toString().codePoints()).noneMatch(Syntax::isControl);
                // Whatever a reply holds, it can be taken for an answer to EHLO.
                Capabilities capabilities = Capabilities.parse(reply, Set.of("PIPELINING"));
                assertThat(capabilities.maxSize()).isPositive();
                assertThat(capabilities.extensions()).doesNotContainKey("PIPELINING");
                assertThat(capabilities.mechanisms())
                        .allMatch(mechanism -> !mechanism.contains(" "));
            }
        } catch (BrokenProtocol | LostConnection expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } catch (IOException e) {
            throw new AssertionError("only the two exceptions", e);
        }
    }

    @Provide
    Arbitrary<Tuple2<Integer, List<String>>> replies() {
        Arbitrary<Integer> code = Arbitraries.integers().between(200, 599);
        Arbitrary<List<String>> lines =
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .ofMaxLength(80)
                        .filter(line -> !line.matches("[2-5]\\.[0-9].*"))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(128);
        return Combinators.combine(code, lines).as(Tuple::of);
    }

    @Property(tries = 500)
    void whatIsWrittenAsAReplyIsReadAsThatReply(
            @ForAll("replies") Tuple2<Integer, List<String>> reply) throws IOException {
        var written = new StringBuilder();
        List<String> lines = reply.get2();
        for (int i = 0; i < lines.size(); i++) {
            written.append(reply.get1()).append(i < lines.size() - 1 ? '-' : ' ');
            written.append(lines.get(i)).append("\r\n");
        }
        var reader = new ReplyReader(null, () -> {});
        reader.use(
                new ByteArrayInputStream(written.toString().getBytes(StandardCharsets.US_ASCII)));
        assertThat(reader.read()).isEqualTo(new Reply(reply.get1(), null, lines));
    }

    /**
     * CR, LF and dots in any order: no line of the result ends but by CRLF, and mending twice
     * changes nothing.
     */
    @Property(tries = 3000)
    void mendedContentIsClean(@ForAll("lineEnds") String content) {
        byte[] mended = ((Content.Bytes) Content.of(Fixtures.ascii(content))).octets();
        assertThat(LineEnds.areClean(mended)).isTrue();
        String text = new String(mended, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n");
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(text.replace("\r\n", "")).isEqualTo(content.replaceAll("[\r\n]", ""));
        assertThat(((Content.Bytes) Content.of(mended)).octets()).isSameAs(mended);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\r", "\n", "\r\n", ".", "a", "é")
                .list()
                .ofMaxSize(30)
                .map(all -> String.join("", all));
    }
}
