package dev.postrider.flow.store.find;

import dev.postrider.mime.encoding.TransferEncoding;
import dev.postrider.mime.header.Disposition;
import dev.postrider.mime.read.MessagePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a message says, and where its files stand in it.
 *
 * @param text its beginning, where it is long
 * @param html likewise
 */
public record ParsedContent(Optional<String> text, Optional<String> html, List<MessagePart> files) {
    /** Of a message that is no longer kept. */
    static final ParsedContent NOTHING =
            new ParsedContent(Optional.empty(), Optional.empty(), List.of());

    /** How many words stand for a file in its row. */
    private static final int WORDS = 8;

    public ParsedContent {
        files = List.copyOf(files);
    }

    /** The files as they stand in a row, one behind the other. */
    List<String> words() {
        return files.stream()
                .flatMap(file ->
                        Stream.of(
                                Long.toString(file.offset()),
                                Long.toString(file.length()),
                                file.encoding().token(),
                                Long.toString(file.size()),
                                file.contentType(),
                                file.filename(),
                                file.contentId(),
                                file.disposition().name()))
                .toList();
    }

    static List<MessagePart> files(String[] words) {
        var files = new ArrayList<MessagePart>(words.length / WORDS);
        for (var at = 0; at < words.length; at += WORDS) {
            files.add(
                    new MessagePart(
                            Long.parseLong(words[at]),
                            Long.parseLong(words[at + 1]),
                            TransferEncoding.of(words[at + 2]),
                            Long.parseLong(words[at + 3]),
                            words[at + 4],
                            words[at + 5],
                            words[at + 6],
                            Disposition.valueOf(words[at + 7])));
        }
        return files;
    }
}
