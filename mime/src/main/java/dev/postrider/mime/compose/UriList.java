package dev.postrider.mime.compose;

import dev.postrider.mime.text.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * URIs in angle brackets, with commas and comments between them (RFC 2369 section 2), as words that
 * a line may be folded between. What a URI has beyond ASCII is percent-encoded; white space in it
 * doesn't count.
 */
final class UriList {
    private UriList() {}

    static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inAngles = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            inAngles = c == '<' || (inAngles && c != '>');
            if (c == ' ') {
                if (!inAngles && !word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else if (inAngles && c > 126) {
                int end = value.offsetByCodePoints(i, 1);
                for (byte octet : value.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    Escapes.append(word, '%', octet);
                }
                i = end - 1;
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
