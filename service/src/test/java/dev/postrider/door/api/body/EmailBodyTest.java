package dev.postrider.door.api.body;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import com.sun.management.ThreadMXBean;
import dev.postrider.door.api.body.EmailBody.Read;
import dev.postrider.door.api.send.Fingerprint;
import dev.postrider.door.api.send.ReadEmailRequest;
import dev.postrider.mime.Source;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.TextBudget;
import dev.postrider.spool.Uploads;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEGABYTE = 1024 * 1024;

    /** Makes a body that goes to disk. */
    private static final String AMONG_MUCH = "'ignored':'" + "x".repeat(300_000) + "',";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text!",
                "\"quoted\" \\ and / and \b\f\n\r\t",
                "\u0000 \u001f \u007f",
                "日本語 🎉 \ud83d\ude00",
            })
    void aTextThatIsNoBase64IsTheContent(String text) throws Exception {
        assertThat(content(JSON.writeValueAsString(text))).isEqualTo(text.getBytes(UTF_8));
        var escaped =
                text.chars()
                        .mapToObj("\\u%04X"::formatted)
                        .collect(Collectors.joining("", "\"", "\""));
        assertThat(content(escaped)).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ud83dx", "\\ud83d\\n"})
    void halfASurrogatePairIsAReplacementCharacter(String text) throws Exception {
        assertThat(new String(content("\"" + text + "\""), UTF_8)).startsWith("\ufffd");
    }

    @Test
    void randomContentIsReadInEveryForm() throws Exception {
        for (var seed = 0; seed < 20; seed++) {
            var octets = random(seed, 9_000 * seed + seed);
            var base64 = Base64.getEncoder().encodeToString(octets);
            var broken = Base64.getMimeEncoder().encodeToString(octets);
            var list =
                    IntStream.range(0, octets.length)
                            .mapToObj(i -> String.valueOf(octets[i] & 0xff))
                            .collect(Collectors.joining(" , ", "[", "]"));
            assertThat(content("\"" + base64 + "\"")).isEqualTo(octets);
            assertThat(content("\"" + base64.replace("/", "\\/") + "\"")).isEqualTo(octets);
            assertThat(content(JSON.writeValueAsString(broken))).isEqualTo(octets);
            assertThat(content(list)).isEqualTo(octets);
            assertThat(content("{\"type\":\"Buffer\",\"data\":" + list + "}")).isEqualTo(octets);
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        var body = "\ufeff" + body("\"aGVsbG8=\"", AMONG_MUCH);
        assertThat(content(read(body))).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void theSameRequestHasOneFingerprintHoweverItIsTaken() throws Exception {
        var small = tree(read(json("{'attachments':[{'content':'aGVsbG8='}],'a':1,'b':'x'}")));
        var large =
                tree(
                        read(
                                json(
                                        "{"
                                                + " ".repeat(300_000)
                                                + "'b':'x','a':1,'attachments':"
                                                + "[{'content':[104,101,108,108,111]}]}")));
        assertThat(Fingerprint.of("o", large)).isEqualTo(Fingerprint.of("o", small));
    }

    @Test
    void aLargeAttachmentIsNeverHeld() throws Exception {
        var octets = random(1, 25 * MEGABYTE);
        var body = body("\"" + Base64.getEncoder().encodeToString(octets) + "\"", "");
        try (var kept = uploads().kept(body.getBytes(UTF_8))) {
            consume(kept);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            var before = threads.getCurrentThreadAllocatedBytes();
            consume(kept);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEGABYTE);
        }
    }

    private static void consume(Octets body) throws Exception {
        var tree = tree(read(body));
        ((Source) ((POJONode) tree.at("/attachments/0/content")).getPojo())
                .open()
                .transferTo(OutputStream.nullOutputStream());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'html':'%s'}|html",
                "{'attachments':[{},{'filename':'%s'}]}|attachments[1].filename",
                "[{},{'to':['a','%s']}]|emails[1].to[1]",
            })
    void aTextThatNoFieldMayHaveIsNamed(String bodyAndField) throws Exception {
        var parts = bodyAndField.split("\\|", -1);
        var text = "x".repeat(ReadEmailRequest.MAX_BODY);
        assertThat(read(json(parts[0].formatted(text)))).isInstanceOf(Read.Json.class);
        assertThat(read(json(parts[0].formatted(text + "x"))))
                .isInstanceOfSatisfying(
                        Read.Rejected.class,
                        rejected ->
                                assertThat(rejected.problem().errors())
                                        .singleElement()
                                        .satisfies(error ->
                                                assertThat(error.field()).isEqualTo(parts[1])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "[]", "{}", "''", "{'a':0}", "true"})
    void aBodyOfTooManyValuesIsRefused(String value) throws Exception {
        var values = (value + ",").repeat(EmailBody.MAX_VALUES);
        assertThat(detail(json("{'ignored':[" + values + "0]}"))).contains("250000 values");
        assertThat(detail(json("{'attachments':[" + values + "0]}"))).contains("250000 values");
        assertThat(detail(json("[" + values + "0]"))).contains("250000 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'attachments':[{'content':'abc",
                "{'attachments':[{'content':'abc\\",
                "{'attachments':[{'content':'\\x'}]}",
                "{'attachments':[{'content':'\\u12G4'}]}",
                "{'attachments':[{'content':[1,2",
                "{'attachments':[{'content':[1,2}]}",
                "{'raw':'a\nb'}",
                "{'a':1,'a':2}",
                "{} {}",
                "{'a':'x'",
            })
    void whatIsNoJsonIsSaidToBe(String body) throws Exception {
        assertThat(detail(json(body))).contains("body");
        assertThat(detail(json(" ".repeat(300_000) + body))).contains("body");
    }

    @Test
    void muchTextWaitsForRoomOnceAndGivesItBack() throws Exception {
        var room = new MemoryBudget(MEGABYTE);
        var texts = body("\"\"", AMONG_MUCH + AMONG_MUCH.replace("ignored", "too"));
        var kept = uploads().kept(texts.getBytes(UTF_8));
        var other = room.enter(MEGABYTE / 2, Duration.ZERO).orElseThrow();
        try (var weight = new TextBudget(room, kept.size(), Duration.ZERO)) {
            assertThat(catchNoRoom(kept, weight)).isTrue();
        }
        other.close();
        try (var weight = new TextBudget(room, kept.size(), Duration.ZERO)) {
            assertThat(catchNoRoom(kept, weight)).isFalse();
            assertThat(room.enter(MEGABYTE, Duration.ZERO)).isEmpty();
        }
        assertThat(room.enter(MEGABYTE, Duration.ZERO)).isPresent();
    }

    private static boolean catchNoRoom(Octets body, TextBudget weight) throws Exception {
        try {
            EmailBody.read(body, weight);
            return false;
        } catch (TextBudget.NoRoom _) {
            return true;
        }
    }

    /** What an attachment's content is, in a small body and in a large one. */
    private byte[] content(String content) throws Exception {
        var small = content(read(body(content, "")));
        assertThat(content(read(body(content, AMONG_MUCH)))).isEqualTo(small);
        return small;
    }

    private static byte[] content(Read read) throws Exception {
        var node = (POJONode) tree(read).at("/attachments/0/content");
        var source = (Source) node.getPojo();
        var octets = source.open().readAllBytes();
        assertThat(source.size()).isEqualTo(octets.length);
        return octets;
    }

    private static String body(String content, String before) {
        return json("{" + before + "'attachments':[{'filename':'a','content':") + content + "}]}";
    }

    private Read read(String body) throws Exception {
        return read(uploads().kept(body.getBytes(UTF_8)));
    }

    private static Read read(Octets body) throws Exception {
        var room = new MemoryBudget(1L << 30);
        return EmailBody.read(body, new TextBudget(room, body.size(), Duration.ZERO));
    }

    private static JsonNode tree(Read read) {
        assertThat(read).isInstanceOf(Read.Json.class);
        return ((Read.Json) read).tree();
    }

    private String detail(String body) throws Exception {
        var read = read(body);
        assertThat(read).isInstanceOf(Read.Rejected.class);
        return ((Read.Rejected) read).problem().detail();
    }

    private Uploads uploads() {
        return Uploads.in(folder, 1L << 30, 1L << 30);
    }

    private static byte[] random(int seed, int length) {
        var octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
