package dev.postrider.testkit.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message that a {@link Sink} took.
 *
 * @param connection 1 for the sink's first connection
 * @param mail the whole MAIL command
 * @param recipients the addresses that were accepted
 * @param content with dots unstuffed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record SunkMessage(
        long connection, String mail, String sender, List<String> recipients, byte[] content) {

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
