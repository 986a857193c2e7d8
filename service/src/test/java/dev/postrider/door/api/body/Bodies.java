package dev.postrider.door.api.body;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.door.api.body.EmailBody.Read;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.spool.MemoryBudget;
import dev.postrider.spool.Octets;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.TextBudget;
import dev.postrider.spool.Uploads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Bodies with an attachment, and how they are read. */
record Bodies(Path folder) {
    static final int MEGABYTE = 1024 * 1024;

    /** Makes a body that goes to disk. */
    static final String AMONG_MUCH = "'ignored':'" + "x".repeat(300_000) + "',";

    /** What an attachment's content is, in a small body and in a large one. */
    byte[] content(String content) throws Exception {
        var small = content(read(body(content, "")));
        assertThat(content(read(body(content, AMONG_MUCH)))).isEqualTo(small);
        return small;
    }

    static byte[] content(Read read) throws Exception {
        assertThat(node(read)).isInstanceOf(Content.Known.class);
        var source = ((Content.Known) node(read)).octets();
        var octets = source.open().readAllBytes();
        assertThat(source.size()).isEqualTo(octets.length);
        return octets;
    }

    static Object node(Read read) {
        return ((POJONode) tree(read).at("/attachments/0/content")).getPojo();
    }

    String flaw(String content, String among) throws Exception {
        var node = node(read(body(content, among)));
        assertThat(node).isInstanceOf(Content.Flawed.class);
        return ((Content.Flawed) node).reason();
    }

    static String body(String content, String before) {
        return json("{" + before + "'attachments':[{'filename':'a','content':") + content + "}]}";
    }

    Read read(String body) throws Exception {
        return read(uploads().kept(body.getBytes(UTF_8)));
    }

    Read read(Octets body) throws Exception {
        var room = new MemoryBudget(2L << 30);
        return EmailBody.read(
                body,
                contents(new TextBudget(room, Uploads.WORKSPACE, body.size(), Duration.ZERO)));
    }

    AttachmentContents contents(TextBudget budget) {
        return new AttachmentContents(
                uploads().take(), Uploads.WORKSPACE, EmailLimits.MESSAGE, budget, new OpenFiles());
    }

    static JsonNode tree(Read read) {
        assertThat(read).isInstanceOf(Read.Json.class);
        return ((Read.Json) read).tree();
    }

    Uploads uploads() {
        return Uploads.in(folder, 2L << 30, 2L << 30);
    }

    static byte[] random(int seed, int length) {
        var octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
