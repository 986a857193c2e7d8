package dev.postrider.outbound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * How far a request has got. Its last octets are held back until it is said that they may leave;
 * from then on the server may have had all of it. For one thread.
 */
final class RequestProgress {
    private static final int HELD_BACK = 4 * 1024;

    private final BooleanSupplier mayLeave;
    private boolean isComplete;

    RequestProgress(BooleanSupplier mayLeave) {
        this.mayLeave = mayLeave;
    }

    /** It isn't to leave. */
    static final class Withdrawn extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Whether all of it may have left. */
    boolean isComplete() {
        return isComplete;
    }

    /** To be called before the last octets leave. */
    void complete() throws Withdrawn {
        if (!mayLeave.getAsBoolean()) {
            throw new Withdrawn();
        }
        isComplete = true;
    }

    /** Writes a body to its end, which is the request's. */
    void write(RequestBody body, OutputStream to) throws IOException {
        var tail = new Tail(to);
        body.writeTo(tail);
        if (tail.octets != body.length()) {
            throw new RequestBody.Unreadable(
                    "it has " + tail.octets + " octets, not " + body.length());
        }
        complete();
        tail.release();
    }

    /** Lets pass all but the last octets. */
    private static final class Tail extends OutputStream {
        private final OutputStream to;
        private final byte[] held = new byte[HELD_BACK];
        private int count;
        private long octets;

        private Tail(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            octets += length;
            if (count + length <= held.length) {
                System.arraycopy(from, offset, held, count, length);
                count += length;
                return;
            }
            release();
            var passes = Math.max(0, length - held.length);
            to.write(from, offset, passes);
            System.arraycopy(from, offset + passes, held, 0, length - passes);
            count = length - passes;
        }

        private void release() throws IOException {
            to.write(held, 0, count);
            count = 0;
        }

        /** What writes to it may flush and close: that isn't the request's end. */
        @Override
        public void flush() {}
    }
}
