package dev.postrider.smtp;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a list of messages is sent.
 *
 * @param depth how many messages may be under way at once on the connection, where the server
 *     announces PIPELINING and CHUNKING; at least 1. With PIPELINING alone the next envelope goes
 *     out with the end of the current message, whatever the depth
 * @param begin asked before each message's last byte
 * @param settled told each result as soon as it is known, on the sending thread; must not throw
 * @param limit for the whole call, or null; when it passes, the connection is cut
 */
public record SendOptions(
        int depth, Begin begin, BiConsumer<Message, Result> settled, @Nullable Duration limit) {

    public static final SendOptions STANDARD =
            new SendOptions(1, Begin.ALWAYS, (message, result) -> {}, null);

    public SendOptions {
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be at least 1");
        }
    }

    public SendOptions withDepth(int other) {
        return new SendOptions(other, begin, settled, limit);
    }

    public SendOptions withBegin(Begin other) {
        return new SendOptions(depth, other, settled, limit);
    }

    public SendOptions withSettled(BiConsumer<Message, Result> other) {
        return new SendOptions(depth, begin, other, limit);
    }

    public SendOptions withLimit(Duration other) {
        return new SendOptions(depth, begin, settled, other);
    }
}
