package dev.postrider.mime;

/** A message that the caller composed, checked and kept byte for byte. */
public final class RawMessage implements RawCheck {
    private final byte[] octets;

    private RawMessage(byte[] octets) {
        this.octets = octets;
    }

    /** Checks a message's bytes, which must not change afterwards. */
    public static RawCheck check(byte[] octets) {
        return new RawMessage(octets);
    }

    /** The message as it should be sent. */
    public Source content() {
        return Source.of(octets);
    }
}
