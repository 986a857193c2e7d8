package dev.postrider.smtp.send;

import static dev.postrider.smtp.Fixtures.ascii;
import static dev.postrider.smtp.Fixtures.connect;
import static dev.postrider.smtp.Fixtures.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.message.Envelope;
import dev.postrider.smtp.message.Message;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No content ends its message early, whatever its line ends and dots, and all of it arrives. */
class SmugglingTest {

    private static final String SMUGGLED =
            "MAIL FROM:<evil@c.test>\r\nRCPT TO:<victim@b.test>\r\nDATA\r\n";

    /** The content that arrives, by the rule that each CR, LF or CRLF becomes CRLF. */
    private static String mended(String content) {
        String mended = content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        return mended.endsWith("\r\n") ? mended : mended + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n.\n" + SMUGGLED,
                "a\r.\r" + SMUGGLED,
                "a\n.\r\n" + SMUGGLED,
                "a\r\n.\n" + SMUGGLED,
                "a\r\n.\r" + SMUGGLED,
                "a\r\n.\r\n" + SMUGGLED,
                "a\r\r\n.\r\r\n" + SMUGGLED,
                "a\r\n\0.\r\n" + SMUGGLED,
                ".\r\n" + SMUGGLED,
                ".\n",
                ".",
                "..",
                "",
                "\r",
                "\n",
                "no end",
                "ends in CR\r",
                "ends in a dot\r\n."
            })
    void itArrivesAsOneMessage(String content) {
        assertThat(sent(List.of(content), "PIPELINING")).containsExactly(mended(content));
        assertThat(sent(List.of(content), "PIPELINING", "CHUNKING"))
                .containsExactly(mended(content));
        assertThat(sent(List.of(content), "X-NOTHING")).containsExactly(mended(content));
    }

    @Test
    void anyMixtureOfLineEndsAndDotsArrivesAsItIsMeant() {
        var random = new Random(20231218);
        var contents = new ArrayList<String>();
        for (int i = 0; i < 2000; i++) {
            var content = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                content.append("\r\n..a".charAt(random.nextInt(5)));
            }
            contents.add(content.toString());
        }
        List<String> expected = contents.stream().map(SmugglingTest::mended).toList();
        assertThat(sent(contents, "PIPELINING")).isEqualTo(expected);
        assertThat(sent(contents, "PIPELINING", "CHUNKING")).isEqualTo(expected);
    }

    /** Once from memory and once as a stream, which must make no difference. */
    private static List<String> sent(List<String> contents, String... extensions) {
        List<String> fromMemory =
                sentAs(
                        contents.stream().map(content -> Content.of(ascii(content))).toList(),
                        extensions);
        List<String> fromStream =
                sentAs(contents.stream().map(SmugglingTest::stream).toList(), extensions);
        assertThat(fromStream).isEqualTo(fromMemory);
        return fromMemory;
    }

    private static Content stream(String content) {
        return new Content.Stream(
                content.length(), false, () -> new ByteArrayInputStream(ascii(content)));
    }

    private static List<String> sentAs(List<Content> contents, String... extensions) {
        var taken = new CopyOnWriteArrayList<SunkMessage>();
        var options = SinkOptions.standard().announcing(extensions).recording(taken::add);
        try (var sink = Sink.start(options);
                var connection = connect(sink.port())) {
            List<Message> messages =
                    contents.stream()
                            .map(content ->
                                    new Message(Envelope.of("a@b.test", "c@d.test"), content))
                            .toList();
            List<Result> results = connection.send(messages, SendOptions.STANDARD.withDepth(5));
            assertThat(results).allMatch(result -> settled(result).accepted());
            return taken.stream().map(SunkMessage::text).toList();
        }
    }
}
