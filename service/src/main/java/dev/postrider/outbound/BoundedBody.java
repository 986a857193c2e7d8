package dev.postrider.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A body of so many octets at most, which must not come too slowly. */
final class BoundedBody extends FilterInputStream {
    /** How long a slow start may be. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long max;
    private final int leastRate;
    private final LongSupplier clock;
    private final long start;
    private long count;

    /**
     * @param leastRate octets a second; 0 for any
     * @param clock in nanoseconds
     */
    BoundedBody(InputStream in, long max, int leastRate, LongSupplier clock) {
        super(in);
        this.max = max;
        this.leastRate = leastRate;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** More came than may. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long max) {
            super("is larger than " + max + " octets");
        }
    }

    /** Less came than must. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow(int rate) {
            super("comes more slowly than " + rate + " octets a second");
        }
    }

    @Override
    public int read() throws IOException {
        var octet = super.read();
        if (octet >= 0) {
            counted(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        if (read > 0) {
            counted(read);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        var skipped = super.skip(n);
        counted(skipped);
        return skipped;
    }

    private void counted(long octets) throws IOException {
        count += octets;
        if (count > max) {
            throw new TooLarge(max);
        }
        var late = clock.getAsLong() - start - GRACE_NANOS;
        if (late > 0 && count < leastRate * (late / 1e9)) {
            throw new TooSlow(leastRate);
        }
    }
}
