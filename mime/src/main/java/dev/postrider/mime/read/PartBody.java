package dev.postrider.mime.read;

import dev.postrider.mime.encoding.TransferDecoder;
import dev.postrider.mime.header.Charsets;
import dev.postrider.mime.header.Disposition;
import dev.postrider.mime.text.WellFormedUtf16;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Counts one part's octets, and keeps what they decode to if that is text to show. */
final class PartBody {
    private static final byte[] LINE_END = {'\r', '\n'};

    /** Octets that are decoded at once. */
    private static final int SLICE = 4_096;

    /** What a buffer needs that decoded octets pass through. */
    static final int BUFFER = SLICE + TransferDecoder.MARGIN;

    private final PartHeader header;
    private final long start;
    private final TransferDecoder decoder;
    private final byte[] decoded;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int maxKept;
    private long length;
    private long size;

    /** Octets of the last line's end, which may be the next boundary's (RFC 2046 section 5.1.1). */
    private int lineEnd;

    /**
     * @param decoded a buffer that nobody else uses meanwhile
     * @param maxKept octets of text; negative for a file
     */
    PartBody(PartHeader header, long start, byte[] decoded, int maxKept) {
        this.header = header;
        this.start = start;
        this.decoder = header.encoding().decoder();
        this.decoded = decoded;
        this.maxKept = maxKept;
    }

    /**
     * Takes a line, or a piece of one.
     *
     * @param to the index behind its end
     * @param end the index of its end
     */
    void add(byte[] octets, int from, int to, int end) {
        if (lineEnd > 0) {
            decode(LINE_END, 2 - lineEnd, 2);
        }
        decode(octets, from, end);
        lineEnd = to - end;
    }

    PartHeader header() {
        return header;
    }

    boolean isText() {
        return maxKept >= 0;
    }

    boolean isCut() {
        return isText() && size > maxKept;
    }

    MessagePart file() {
        endDecoding();
        return new MessagePart(
                start,
                length,
                header.encoding(),
                size,
                header.type(),
                header.filename(),
                header.contentId(),
                header.disposition().equals("inline")
                        ? Disposition.INLINE
                        : Disposition.ATTACHMENT);
    }

    String text() {
        endDecoding();
        Charset charset = Charsets.of(header.charset());
        String words =
                kept.toString(charset == null ? StandardCharsets.UTF_8 : charset)
                        .replace("\r\n", "\n");
        // a message ends with a line end, whatever its sender wrote
        String text = words.endsWith("\n") ? words.substring(0, words.length() - 1) : words;
        return WellFormedUtf16.text(text);
    }

    private void decode(byte[] octets, int from, int to) {
        length += to - from;
        for (int at = from; at < to; at += SLICE) {
            keep(decoder.decode(octets, at, Math.min(to, at + SLICE), decoded));
        }
    }

    private void endDecoding() {
        keep(decoder.end(decoded));
    }

    private void keep(int count) {
        if (isText()) {
            kept.write(decoded, 0, Math.min(count, Math.max(0, maxKept - kept.size())));
        }
        size += count;
    }
}
