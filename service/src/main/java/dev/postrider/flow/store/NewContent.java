package dev.postrider.flow.store;

import dev.postrider.mime.encoding.Source;

/** The bytes of an email that is to be kept. */
public sealed interface NewContent {
    /** In octets. */
    int size();

    /** A small one. The octets are shared, not copied: nobody changes them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(byte[] octets) implements NewContent {
        @Override
        public int size() {
            return octets.length;
        }
    }

    /** A large one, read while it is written to the database, again if that must be repeated. */
    record Streamed(Source octets) implements NewContent {
        @Override
        public int size() {
            return Math.toIntExact(octets.size());
        }
    }
}
