package dev.postrider.email;

/** An email's RFC 5322 bytes, composed once; every attempt sends these. */
public sealed interface Content {
    /** In octets. */
    int size();

    static InMemory of(byte[] octets) {
        return new InMemory(octets);
    }

    /** A small one. The octets are shared, not copied: nobody changes them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(byte[] octets) implements Content {
        @Override
        public int size() {
            return octets.length;
        }
    }

    /** One that is read from where it is kept, while it is sent. */
    record Stored(EmailKey email, int size) implements Content {}
}
