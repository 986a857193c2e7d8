package dev.postrider.outbound;

import java.io.IOException;
import java.io.OutputStream;

/** A request's body, written as it leaves: nothing of it is kept in memory for that. */
public interface RequestBody {
    /** Of exactly what is written, in octets. */
    long length();

    /**
     * Writes all of it; may be asked to again, for another connection.
     *
     * @throws Unreadable when what is to be written can't be had
     */
    void writeTo(OutputStream out) throws IOException;

    /** A small one. The octets are shared, not copied. */
    static RequestBody of(byte[] octets) {
        return new RequestBody() {
            @Override
            public long length() {
                return octets.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(octets);
            }
        };
    }

    /** What is to be written can't be had, or isn't as long as it was said to be. */
    final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message) {
            super(message);
        }

        public Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
