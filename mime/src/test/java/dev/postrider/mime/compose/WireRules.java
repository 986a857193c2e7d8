package dev.postrider.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What must hold for every message that we composed, whatever is in it. */
final class WireRules {
    private static final String LONG_LINE = "([A-Za-z-]+:)? *[^ ]+| (file)?name=\".*";

    private WireRules() {}

    static void check(byte[] octets, boolean utf8Header) {
        String message = new String(octets, StandardCharsets.ISO_8859_1);
        assertThat(message).endsWith("\r\n").doesNotContain("\0");
        assertThat(message.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        int headerEnd = message.indexOf("\r\n\r\n");
        String sevenBit = utf8Header ? message.substring(headerEnd) : message;
        assertThat(sevenBit.chars()).allMatch(c -> c < 128);
        for (String line : message.split("\r\n", -1)) {
            assertThat(line).hasSizeLessThanOrEqualTo(998);
            assertThat(line).as("what servers change").doesNotMatch(".*[ \t]|From .*");
            if (line.length() > 78) {
                assertThat(line).as("a long line is one word or a file name").matches(LONG_LINE);
            }
        }
        String header = message.substring(0, headerEnd);
        assertThat(header.split("\r\n", -1)).noneMatch(String::isBlank);
        assertThat(header.toLowerCase(Locale.ROOT)).doesNotContain("\r\nbcc:");
    }
}
