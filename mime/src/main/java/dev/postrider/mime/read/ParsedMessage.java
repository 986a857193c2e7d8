package dev.postrider.mime.read;

import dev.postrider.mime.header.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a message says, and where its files stand. No text in it has a NUL or half a surrogate pair.
 *
 * @param header its header's fields in their order, unfolded, encoded words decoded
 * @param text of the first plain part that is no file, lines ending with LF, none behind the last
 * @param html of the first HTML part that is no file, likewise
 * @param files all other parts that aren't multiparts, in their order
 * @param exceeded the limits at which reading stopped short; empty when all was read
 */
public record ParsedMessage(
        List<HeaderField> header,
        Optional<String> text,
        Optional<String> html,
        List<MessagePart> files,
        Set<MessageLimits.Exceeded> exceeded) {
    public ParsedMessage {
        header = List.copyOf(header);
        files = List.copyOf(files);
        exceeded = Set.copyOf(exceeded);
    }

    /**
     * Reads a message in one pass that holds no more than a header, the text and the HTML.
     *
     * @param message read to its end, not closed
     */
    public static ParsedMessage of(InputStream message, MessageLimits limits) throws IOException {
        ParseMessage parse = new ParseMessage(limits);
        byte[] slice = new byte[16 * 1024];
        for (int count = message.read(slice); count >= 0; count = message.read(slice)) {
            parse.add(slice, 0, count);
        }
        return parse.end();
    }

    /** The value of the first field of a name, whatever its case. */
    public Optional<String> value(String name) {
        return HeaderField.first(header, name);
    }
}
