package dev.postrider.flow.accept;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads request bodies, and lets only so many large ones be in memory at once: whoever comes when
 * it is full waits a moment. Safe for concurrent use.
 */
final class LargeBodies {
    private static final int UNIT = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int maxOctets;
    private final int units;
    private final Semaphore free;

    /**
     * @param maxOctets the largest body that is read
     * @param memory octets of bodies that may be in memory at once
     */
    LargeBodies(int maxOctets, long memory) {
        this.maxOctets = maxOctets;
        this.units = Math.max(maxOctets, (int) Math.min(memory, Integer.MAX_VALUE)) / UNIT;
        this.free = new Semaphore(units, true);
    }

    int maxOctets() {
        return maxOctets;
    }

    /** What became of a body. */
    sealed interface Taken {
        /** To be closed when it is needed no more. */
        final class Body implements Taken, AutoCloseable {
            private final byte[] octets;
            private final Runnable release;

            private Body(byte[] octets, Runnable release) {
                this.octets = octets;
                this.release = release;
            }

            /** Nobody changes them. */
            byte[] octets() {
                return octets;
            }

            @Override
            public void close() {
                release.run();
            }
        }

        record TooLarge() implements Taken {}

        /** There was no room in time. */
        record Busy() implements Taken {}
    }

    /**
     * Reads a body.
     *
     * @param declared its length, when its client said it
     * @throws IOException when the client breaks off
     */
    Taken take(InputStream in, OptionalLong declared) throws IOException, InterruptedException {
        if (declared.isPresent() && declared.getAsLong() > maxOctets) {
            return new Taken.TooLarge();
        }
        var needed = (int) Math.min(declared.orElse(maxOctets) / UNIT, units);
        if (!free.tryAcquire(needed, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Taken.Busy();
        }
        var taken = false;
        try {
            var octets =
                    declared.isPresent()
                            ? exactly(in, (int) declared.getAsLong())
                            : in.readNBytes(maxOctets + 1);
            if (octets.length > maxOctets) {
                return new Taken.TooLarge();
            }
            taken = true;
            return new Taken.Body(octets, () -> free.release(needed));
        } finally {
            if (!taken) {
                free.release(needed);
            }
        }
    }

    /** In one array from the start: one that grows would be there twice. */
    private static byte[] exactly(InputStream in, int length) throws IOException {
        var octets = new byte[length];
        var read = in.readNBytes(octets, 0, length);
        return read == length ? octets : Arrays.copyOf(octets, read);
    }
}
