package dev.postrider.email;

/** An email's RFC 5322 bytes, composed once. They are shared, not copied: nobody changes them. */
public final class Content {
    private final byte[] octets;

    private Content(byte[] octets) {
        this.octets = octets;
    }

    public static Content of(byte[] octets) {
        return new Content(octets);
    }

    public byte[] octets() {
        return octets;
    }

    public int size() {
        return octets.length;
    }
}
