package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.EncodedText;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Boundaries of one message's parts, the same for the same Message-ID, so that a draft composes to
 * the same bytes each time. They begin with {@code =_}, which no encoded body can contain at a
 * line's start after {@code --}: see RFC 2045 section 6.7, and {@link EncodedText} for 7bit.
 */
final class Boundaries {
    private final String stem;
    private int count;

    Boundaries(String messageId) {
        this.stem = "=_" + UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
    }

    String next() {
        return stem + "_" + count++;
    }
}
