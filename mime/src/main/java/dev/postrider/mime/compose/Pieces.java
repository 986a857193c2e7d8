package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects a message as text in memory and sources that are read only when it is sent. */
final class Pieces {
    private final List<Source> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(4_096);

    /** The text since the last source; write to its end. */
    StringBuilder text() {
        return text;
    }

    void add(Source source) {
        flush();
        pieces.add(source);
    }

    List<Source> all() {
        flush();
        return pieces;
    }

    private void flush() {
        if (!text.isEmpty()) {
            pieces.add(Source.of(text.toString().getBytes(StandardCharsets.UTF_8)));
            text.setLength(0);
        }
    }
}
