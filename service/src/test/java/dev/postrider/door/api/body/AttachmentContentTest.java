package dev.postrider.door.api.body;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.door.api.body.AttachmentContents.Content;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which forms an attachment's content may be written, in a small body and in a large one. */
final class AttachmentContentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bodies bodies;

    AttachmentContentTest(@TempDir Path folder) {
        this.bodies = new Bodies(folder);
    }

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
        assertThat(bodies.content(JSON.writeValueAsString(text))).isEqualTo(text.getBytes(UTF_8));
        var escaped =
                text.chars()
                        .mapToObj("\\u%04X"::formatted)
                        .collect(Collectors.joining("", "\"", "\""));
        assertThat(bodies.content(escaped)).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ud83dx", "\\ud83d\\n"})
    void halfASurrogatePairIsNoContent(String text) throws Exception {
        assertThat(bodies.flaw("\"" + text + "\"", "")).contains("half a surrogate pair");
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
        assertThat(bodies.content("\"" + text + "\"")).isEqualTo("hello???>>>!".getBytes(UTF_8));
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
        assertThat(bodies.content("\"" + text + "\"")).isEqualTo("hello".getBytes(UTF_8));
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
        var octets = Bodies.random(1, 9_000);
        var base64 = Base64.getEncoder().encodeToString(octets);
        var lines = base64.replaceAll("(.{" + length + "})", "$1\n");
        assertThat(base64).doesNotContain("=");
        assertThat(bodies.content(JSON.writeValueAsString(lines))).isEqualTo(octets);
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
        assertThat(bodies.flaw("\"" + text + "\"", "")).isNotEmpty();
        assertThat(bodies.flaw("\"" + text + "\"", Bodies.AMONG_MUCH)).isNotEmpty();
    }

    @Test
    void aFormThatLostItsPlusSignsIsRefused() throws Exception {
        var base64 = Base64.getEncoder().encodeToString(Bodies.random(3, 9_000)).replace('+', ' ');
        assertThat(bodies.flaw("\"" + base64 + "\"", "")).isNotEmpty();
    }

    @Test
    void whoSaysWhatItIsIsBelieved() throws Exception {
        assertThat(said("line\\nline\\n", "text")).isEqualTo("line\nline\n".getBytes(UTF_8));
        assertThat(said("aGVsbG8=", "text")).isEqualTo("aGVsbG8=".getBytes(UTF_8));
        assertThat(said("line\\nline\\n", "base64"))
                .isEqualTo(Base64.getDecoder().decode("lineline"));
        assertThat(said("test", "base64")).isEqualTo(Base64.getDecoder().decode("test"));
        var flawed =
                bodies.read(json("{'attachments':[{'content':'no base64!','encoding':'base64'}]}"));
        assertThat(Bodies.node(flawed)).isInstanceOf(Content.Flawed.class);
    }

    private byte[] said(String content, String encoding) throws Exception {
        return Bodies.content(
                bodies.read(
                        json(
                                "{'attachments':[{'content':'"
                                        + content
                                        + "','encoding':'"
                                        + encoding
                                        + "'}]}")));
    }

    @Test
    void aListOfOctetsIsTakenUpToTheSizeOfAMessage() throws Exception {
        var octets = new byte[30 * Bodies.MEGABYTE];
        Arrays.fill(octets, (byte) 200);
        var list = "[" + "200, ".repeat(octets.length - 1) + "200]";
        var read = bodies.read(Bodies.body(list, ""));
        assertThat(Bodies.content(read)).isEqualTo(octets);
    }

    @Test
    void randomContentIsReadInEveryForm() throws Exception {
        for (var seed = 0; seed < 20; seed++) {
            var octets = Bodies.random(seed, 9_000 * seed + seed);
            var base64 = Base64.getEncoder().encodeToString(octets);
            var broken = Base64.getMimeEncoder().encodeToString(octets);
            var list =
                    IntStream.range(0, octets.length)
                            .mapToObj(i -> String.valueOf(octets[i] & 0xff))
                            .collect(Collectors.joining(" , ", "[", "]"));
            assertThat(bodies.content("\"" + base64 + "\"")).isEqualTo(octets);
            assertThat(bodies.content("\"" + base64.replace("/", "\\/") + "\"")).isEqualTo(octets);
            assertThat(bodies.content(JSON.writeValueAsString(broken))).isEqualTo(octets);
            assertThat(bodies.content(list)).isEqualTo(octets);
            assertThat(bodies.content("{\"type\":\"Buffer\",\"data\":" + list + "}"))
                    .isEqualTo(octets);
        }
    }
}
