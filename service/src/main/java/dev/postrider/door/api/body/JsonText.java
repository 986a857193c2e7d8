package dev.postrider.door.api.body;

import dev.postrider.mime.Source;
import dev.postrider.spool.Octets;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a JSON string says, in UTF-8, read from where it stands: however long it is, it is never
 * held as a whole. The string has been found to be well-formed before.
 */
final class JsonText implements Source {
    private final Octets json;
    private final long start;
    private final long size;
    private final long base64Size;

    private JsonText(Octets json, long start, long size, long base64Size) {
        this.json = json;
        this.start = start;
        this.size = size;
        this.base64Size = base64Size;
    }

    /**
     * Looks through a string.
     *
     * @param quote where it begins, with its quotation mark
     */
    static JsonText at(Octets json, long quote) throws IOException {
        var size = 0L;
        var base64 = new Base64Count();
        try (var in = new UnescapedJson(json.openAt(quote + 1))) {
            var piece = new byte[UnescapedJson.PIECE];
            for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
                size += count;
                base64.add(piece, count);
            }
        }
        return new JsonText(json, quote + 1, size, base64.octets());
    }

    /** What the string says in base64, padded and without other characters; else the text. */
    Source content() {
        return base64Size < 0 ? this : Source.of(base64Size, () -> new Base64Decoded(open()));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new UnescapedJson(json.openAt(start));
    }
}
