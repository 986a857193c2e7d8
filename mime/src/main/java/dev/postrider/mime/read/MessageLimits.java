package dev.postrider.mime.read;

/**
 * How much of a message is read. A message within {@link #TAKEN} is read whole; what was kept
 * before there were limits is read as far as they go.
 *
 * @param headerOctets octets of the message's header, and of each part's
 * @param headerFields fields of the message's header, and of each part's
 * @param parts parts of all kinds, multiparts too
 * @param depth multiparts within one another
 * @param textOctets octets of the text and of the HTML, each, decoded
 */
public record MessageLimits(
        int headerOctets, int headerFields, int parts, int depth, int textOctets) {
    /** What a message composed elsewhere may have when it is taken. */
    public static final MessageLimits TAKEN =
            new MessageLimits(256 * 1024, 1_000, 1_000, 50, 5 * 1024 * 1024);

    /** The same with as much text as wanted. */
    public MessageLimits withText(int octets) {
        return new MessageLimits(headerOctets, headerFields, parts, depth, octets);
    }

    /** What a message went beyond. */
    public enum Exceeded {
        HEADER_OCTETS,
        HEADER_FIELDS,
        PARTS,
        DEPTH,
        TEXT
    }
}
