package dev.postrider.smtp.send;

/**
 * How a list of messages is sent.
 *
 * @param depth how many messages may be under way at once on the connection, where the server
 *     announces PIPELINING and CHUNKING; at least 1. With PIPELINING alone the next envelope goes
 *     out with the end of the current message, whatever the depth
 * @param begin asked before each message's last byte
 * @param onResult told each result when it is known
 * @param onReply told each reply when it is read
 */
public record SendOptions(int depth, Begin begin, OnResult onResult, OnReply onReply) {

    public static final SendOptions STANDARD =
            new SendOptions(1, Begin.ALWAYS, OnResult.NOBODY, OnReply.NOBODY);

    public SendOptions {
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be at least 1");
        }
    }

    public SendOptions withDepth(int other) {
        return new SendOptions(other, begin, onResult, onReply);
    }

    public SendOptions withBegin(Begin other) {
        return new SendOptions(depth, other, onResult, onReply);
    }

    public SendOptions withOnResult(OnResult other) {
        return new SendOptions(depth, begin, other, onReply);
    }

    public SendOptions withOnReply(OnReply other) {
        return new SendOptions(depth, begin, onResult, other);
    }
}
