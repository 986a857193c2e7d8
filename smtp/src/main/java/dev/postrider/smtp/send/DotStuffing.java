package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Content;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;

/**
 * Doubles a dot at the start of a line (RFC 5321 section 4.5.2), across the blocks of one content.
 */
final class DotStuffing {
    private final Wire wire;
    private boolean lineStart = true;

    DotStuffing(Wire wire) {
        this.wire = wire;
    }

    /** A part of content in memory, which is known to have dots to double or not. */
    void put(Content.Bytes content, int from, int length) throws IOException {
        if (content.dots()) {
            put(content.octets(), from, length);
        } else {
            wire.content(content.octets(), from, length);
        }
    }

    void put(byte[] octets, int from, int length) throws IOException {
        int unwritten = from;
        for (int i = from; i < from + length; i++) {
            if (lineStart && octets[i] == '.') {
                wire.content(octets, unwritten, i - unwritten);
                wire.content(octets, i, 1);
                unwritten = i;
            }
            lineStart = octets[i] == '\n';
        }
        wire.content(octets, unwritten, from + length - unwritten);
    }
}
