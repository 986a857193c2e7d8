package dev.postrider.door.api.body;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.door.api.body.EmailBody.Read;
import dev.postrider.door.api.send.Fingerprint;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.http.JsonLimits;
import dev.postrider.http.Problem;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.Spool;
import dev.postrider.spool.TextBudget;
import dev.postrider.spool.Uploads;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailBodyTest {
    private final Bodies bodies;

    EmailBodyTest(@TempDir Path folder) {
        this.bodies = new Bodies(folder);
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        var body = "\ufeff" + Bodies.body("\"aGVsbG8=\"", Bodies.AMONG_MUCH);
        assertThat(Bodies.content(bodies.read(body))).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void theSameRequestHasOneFingerprintHoweverItIsTaken() throws Exception {
        var small =
                Bodies.tree(
                        bodies.read(
                                json("{'attachments':[{'content':'aGVsbG8='}],'a':1,'b':'x'}")));
        var large =
                Bodies.tree(
                        bodies.read(
                                json(
                                        "{"
                                                + " ".repeat(300_000)
                                                + "'b':'x','a':1,'attachments':"
                                                + "[{'content':[104,101,108,108,111]}]}")));
        assertThat(Fingerprint.of("o", large)).isEqualTo(Fingerprint.of("o", small));
    }

    @Test
    void aLargeAttachmentIsNeverHeld() throws Exception {
        var octets = Bodies.random(1, 25 * Bodies.MEGABYTE);
        var body = Bodies.body("\"" + Base64.getEncoder().encodeToString(octets) + "\"", "");
        try (var kept = bodies.uploads().kept(body.getBytes(UTF_8))) {
            consume(kept);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            var before = threads.getCurrentThreadAllocatedBytes();
            consume(kept);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .isLessThan(4L * Bodies.MEGABYTE);
        }
    }

    private void consume(Octets body) throws Exception {
        ((Content.Known) Bodies.node(bodies.read(body)))
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
        assertThat(bodies.read(json(parts[0].formatted(text)))).isInstanceOf(Read.Json.class);
        assertThat(bodies.read(json(parts[0].formatted(text + "x"))))
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
        var list = "[" + (value + ",").repeat(900) + "0]";
        var values = (list + ",").repeat(JsonLimits.MAX_VALUES / 900 + 1);
        assertThat(detail(json("{'ignored':[" + values + "0]}"))).contains("250000 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000|{'ignored':[|0,|ignored",
                "1000|{'headers':{|'N':'x',|headers",
                "1000|{|'N':'x',|body",
                "1000|{'to':[|'a@example.org',|to",
                "1000|[{'tags':[|{'name':'a'},|emails[0].tags",
                "100|{'attachments':[|{'content':'aGVsbG8='},|attachments",
                "100|[|{},|body",
            })
    void ofAListNothingIsReadBehindOneItemTooMany(String given) throws Exception {
        var parts = given.split("\\|", -1);
        var most = Integer.parseInt(parts[0]);
        var items =
                IntStream.range(0, most)
                        .mapToObj(i -> parts[2].replace("N", "n" + i))
                        .collect(Collectors.joining());
        var body = parts[1] + items + parts[2] + " and this is no JSON";
        assertThat(bodies.read(json(body)))
                .isInstanceOfSatisfying(
                        Read.Rejected.class,
                        rejected ->
                                assertThat(rejected.problem().errors())
                                        .containsExactly(
                                                new Problem.FieldError(
                                                        parts[3],
                                                        "has more than " + most + " items")));
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
        var room = new MemoryBudget(2 * Bodies.MEGABYTE);
        var texts =
                Bodies.body(
                        "\"\"", Bodies.AMONG_MUCH + Bodies.AMONG_MUCH.replace("ignored", "too"));
        var kept = bodies.uploads().kept(texts.getBytes(UTF_8));
        var other = room.open(Uploads.WORKSPACE);
        assertThat(other.grow(Bodies.MEGABYTE / 2, Duration.ZERO)).isTrue();
        assertThat(hasNoRoom(kept, room)).isTrue();
        other.close();
        assertThat(hasNoRoom(kept, room)).isFalse();
        assertThat(room.open(Uploads.WORKSPACE).grow(Bodies.MEGABYTE, Duration.ZERO)).isTrue();
    }

    private boolean hasNoRoom(Octets body, MemoryBudget room) throws Exception {
        try (var budget = new TextBudget(room, Uploads.WORKSPACE, body.size(), Duration.ZERO)) {
            EmailBody.read(body, bodies.contents(budget));
            return false;
        } catch (Spool.NoRoom _) {
            return true;
        }
    }

    @Test
    void anythingThatIsSmallButMuchNeedsRoomToo() throws Exception {
        var room = new MemoryBudget(2 * Bodies.MEGABYTE);
        var list = "[" + "0,".repeat(900) + "0]";
        var values = json("{'ignored':[" + (list + ",").repeat(200) + "0]}");
        var kept = bodies.uploads().kept(values.getBytes(UTF_8));
        try (var all = room.open(Uploads.WORKSPACE)) {
            assertThat(all.grow(Bodies.MEGABYTE, Duration.ZERO)).isTrue();
            assertThat(hasNoRoom(kept, room)).isTrue();
        }
    }

    private String detail(String body) throws Exception {
        var read = bodies.read(body);
        assertThat(read).isInstanceOf(Read.Rejected.class);
        return ((Read.Rejected) read).problem().detail();
    }
}
