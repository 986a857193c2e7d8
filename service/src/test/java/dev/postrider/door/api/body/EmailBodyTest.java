package dev.postrider.door.api.body;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import com.sun.management.ThreadMXBean;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.door.api.body.EmailBody.Read;
import dev.postrider.door.api.send.Fingerprint;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.http.JsonLimits;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.Spool;
import dev.postrider.spool.TextBudget;
import dev.postrider.spool.Uploads;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
                "hello world",
                "name\nvalue of it\n",
                "BEGIN:VCALENDAR",
                "data: not a URL",
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
    void halfASurrogatePairIsNoContent(String text) throws Exception {
        assertThat(flaw("\"" + text + "\"", "")).contains("half a surrogate pair");
    }

    /** docs/decisions/0054: what a base64 encoder writes, in any usual form, is decoded. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aGVsbG8/Pz8+Pj4h",
                "aGVsbG8_Pz8-Pj4h",
                "data:text/plain;base64,aGVsbG8/Pz8+Pj4h",
                "DATA:application\\/pdf;name=a;base64,aGVsbG8/Pz8+Pj4h",
                "aGVsbG8\\u002fPz8+Pj4h",
            })
    void base64IsDecodedInAnyUsualForm(String text) throws Exception {
        assertThat(content("\"" + text + "\"")).isEqualTo("hello???>>>!".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aGVsbG8=",
                "aGVsbG8",
                "aGVsbG8\\u003d",
                " aGVsbG8= ",
                "aGVs\\nbG8=\\r\\n",
                "aGVs bG8=",
                "aGVsb G8=",
                "data:;base64,aGVsbG8",
                "data:text/plain;charset=utf-8;base64,aGVs bG8=",
            })
    void blanksAndMissingPaddingMakeNoDifference(String text) throws Exception {
        assertThat(content("\"" + text + "\"")).isEqualTo("hello".getBytes(UTF_8));
    }

    /** Python's urlsafe_b64encode pads. */
    @ParameterizedTest
    @ValueSource(strings = {"-_8=", "data:;base64,-_8=", "-_ 8=", "-_8"})
    void urlSafeBase64MayBePaddedToo(String text) throws Exception {
        var octets = new byte[] {(byte) 0xfb, (byte) 0xff};
        assertThat(said(text, "base64")).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 64, 70, 75, 76})
    void linesOfAnyLengthAreJoined(int length) throws Exception {
        var octets = random(1, 9_000);
        var base64 = Base64.getEncoder().encodeToString(octets);
        var lines = base64.replaceAll("(.{" + length + "})", "$1\n");
        assertThat(base64).doesNotContain("=");
        assertThat(content(JSON.writeValueAsString(lines))).isEqualTo(octets);
    }

    /** Each might be a text as well as base64: never noise in silence. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "test",
                "line\\nline\\n",
                "aGVsbG8+_Pz8",
                "aGVsbG8=aGVsbG8=",
                "aGVsbG9",
                "data:text/plain,hello",
                "data:text/plain;base64,aGVsbG8*",
            })
    void whatMightBeEitherIsRefused(String text) throws Exception {
        assertThat(flaw("\"" + text + "\"", "")).isNotEmpty();
        assertThat(flaw("\"" + text + "\"", AMONG_MUCH)).isNotEmpty();
    }

    @Test
    void aFormThatLostItsPlusSignsIsRefused() throws Exception {
        var base64 = Base64.getEncoder().encodeToString(random(3, 9_000)).replace('+', ' ');
        assertThat(flaw("\"" + base64 + "\"", "")).isNotEmpty();
    }

    @Test
    void whoSaysWhatItIsIsBelieved() throws Exception {
        assertThat(said("line\\nline\\n", "text")).isEqualTo("line\nline\n".getBytes(UTF_8));
        assertThat(said("aGVsbG8=", "text")).isEqualTo("aGVsbG8=".getBytes(UTF_8));
        assertThat(said("line\\nline\\n", "base64"))
                .isEqualTo(Base64.getDecoder().decode("lineline"));
        assertThat(said("test", "base64")).isEqualTo(Base64.getDecoder().decode("test"));
        var flawed = read(json("{'attachments':[{'content':'no base64!','encoding':'base64'}]}"));
        assertThat(node(flawed)).isInstanceOf(Content.Flawed.class);
    }

    private byte[] said(String content, String encoding) throws Exception {
        return content(
                read(
                        json(
                                "{'attachments':[{'content':'"
                                        + content
                                        + "','encoding':'"
                                        + encoding
                                        + "'}]}")));
    }

    @Test
    void aListOfOctetsIsTakenUpToTheSizeOfAMessage() throws Exception {
        var octets = new byte[30 * MEGABYTE];
        Arrays.fill(octets, (byte) 200);
        var list = "[" + "200, ".repeat(octets.length - 1) + "200]";
        var read = read(body(list, ""));
        assertThat(content(read)).isEqualTo(octets);
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
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * MEGABYTE);
        }
    }

    private void consume(Octets body) throws Exception {
        ((Content.Known) node(read(body)))
                .octets()
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
        var text = "x".repeat(EmailLimits.TEXT);
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
        var values = (value + ",").repeat(JsonLimits.MAX_VALUES);
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
    void aNameThatIsTooLongIsRefused() throws Exception {
        var names =
                IntStream.range(0, 1_200)
                        .mapToObj(i -> "'" + "n".repeat(49_000) + i + "':0")
                        .collect(Collectors.joining(",", "{", "}"));
        assertThat(detail(json(names))).contains("a name or a number that is too long");
    }

    @Test
    void muchTextWaitsForRoomOnceAndGivesItBack() throws Exception {
        var room = new MemoryBudget(2 * MEGABYTE);
        var texts = body("\"\"", AMONG_MUCH + AMONG_MUCH.replace("ignored", "too"));
        var kept = uploads().kept(texts.getBytes(UTF_8));
        var other = room.open(Uploads.WORKSPACE);
        assertThat(other.grow(MEGABYTE / 2, Duration.ZERO)).isTrue();
        assertThat(hasNoRoom(kept, room)).isTrue();
        other.close();
        assertThat(hasNoRoom(kept, room)).isFalse();
        assertThat(room.open(Uploads.WORKSPACE).grow(MEGABYTE, Duration.ZERO)).isTrue();
    }

    private boolean hasNoRoom(Octets body, MemoryBudget room) throws Exception {
        try (var budget = new TextBudget(room, Uploads.WORKSPACE, body.size(), Duration.ZERO)) {
            EmailBody.read(body, contents(budget));
            return false;
        } catch (Spool.NoRoom _) {
            return true;
        }
    }

    @Test
    void anythingThatIsSmallButMuchNeedsRoomToo() throws Exception {
        var room = new MemoryBudget(2 * MEGABYTE);
        var values = json("{'ignored':[" + "0,".repeat(JsonLimits.MAX_VALUES - 10) + "0]}");
        var kept = uploads().kept(values.getBytes(UTF_8));
        try (var all = room.open(Uploads.WORKSPACE)) {
            assertThat(all.grow(MEGABYTE, Duration.ZERO)).isTrue();
            assertThat(hasNoRoom(kept, room)).isTrue();
        }
    }

    /** What an attachment's content is, in a small body and in a large one. */
    private byte[] content(String content) throws Exception {
        var small = content(read(body(content, "")));
        assertThat(content(read(body(content, AMONG_MUCH)))).isEqualTo(small);
        return small;
    }

    private static byte[] content(Read read) throws Exception {
        assertThat(node(read)).isInstanceOf(Content.Known.class);
        var source = ((Content.Known) node(read)).octets();
        var octets = source.open().readAllBytes();
        assertThat(source.size()).isEqualTo(octets.length);
        return octets;
    }

    private static Object node(Read read) {
        return ((POJONode) tree(read).at("/attachments/0/content")).getPojo();
    }

    private String flaw(String content, String among) throws Exception {
        var node = node(read(body(content, among)));
        assertThat(node).isInstanceOf(Content.Flawed.class);
        return ((Content.Flawed) node).reason();
    }

    private static String body(String content, String before) {
        return json("{" + before + "'attachments':[{'filename':'a','content':") + content + "}]}";
    }

    private Read read(String body) throws Exception {
        return read(uploads().kept(body.getBytes(UTF_8)));
    }

    private Read read(Octets body) throws Exception {
        var room = new MemoryBudget(2L << 30);
        return EmailBody.read(
                body,
                contents(new TextBudget(room, Uploads.WORKSPACE, body.size(), Duration.ZERO)));
    }

    private AttachmentContents contents(TextBudget budget) {
        return new AttachmentContents(
                uploads().take(), Uploads.WORKSPACE, EmailLimits.MESSAGE, budget, new OpenFiles());
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
        return Uploads.in(folder, 2L << 30, 2L << 30);
    }

    private static byte[] random(int seed, int length) {
        var octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
