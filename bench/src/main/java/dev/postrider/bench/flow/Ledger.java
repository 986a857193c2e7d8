package dev.postrider.bench.flow;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * When each message was asked for, answered and taken, in a file that the generator and the sink
 * have in memory both. Times are {@link System#nanoTime()}, which on Linux is one clock for all
 * processes. The sink alone writes the count and the times of taking, the generator all else.
 */
final class Ledger implements AutoCloseable {
    /** Numbers that fit; messages beyond are counted, and not timed. */
    static final int CAPACITY = 4_000_000;

    private static final int ASKED = 0;
    private static final int ANSWERED = 8;
    private static final int TAKEN = 16;
    private static final int ROW = 24;
    private static final int HEAD = 64;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Arena arena;
    private final MemorySegment memory;

    private Ledger(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
    }

    static Ledger open(Path file) throws IOException {
        var arena = Arena.ofShared();
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            var size = HEAD + (long) ROW * CAPACITY;
            return new Ledger(arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena));
        }
    }

    /** A number outside is nobody's: it belongs to a message that isn't timed. */
    void taken(int number, long now) {
        if (number >= 0 && number < CAPACITY) {
            LONG.setRelease(memory, at(number, TAKEN), now);
        }
        long _ = (long) LONG.getAndAdd(memory, 0L, 1L);
    }

    void asked(int number, long now) {
        LONG.setRelease(memory, at(number, ASKED), now);
    }

    void answered(int number, long now) {
        LONG.setRelease(memory, at(number, ANSWERED), now);
    }

    /** How many messages the sink has taken. */
    long taken() {
        return (long) LONG.getAcquire(memory, 0L);
    }

    /** Nanoseconds from request to sink, ascending, of what was taken between two moments. */
    long[] untilTaken(long from, long to, int numbers) {
        return latencies(TAKEN, from, to, numbers);
    }

    /** Nanoseconds from request to answer, ascending, of what was answered between two moments. */
    long[] untilAnswered(long from, long to, int numbers) {
        return latencies(ANSWERED, from, to, numbers);
    }

    private long[] latencies(int end, long from, long to, int numbers) {
        var latencies = new long[numbers];
        var count = 0;
        for (var number = 0; number < numbers; number++) {
            var ended = (long) LONG.getAcquire(memory, at(number, end));
            if (ended > from && ended <= to) {
                latencies[count++] = ended - (long) LONG.getAcquire(memory, at(number, ASKED));
            }
        }
        var some = Arrays.copyOf(latencies, count);
        Arrays.sort(some);
        return some;
    }

    private static long at(int number, int column) {
        return HEAD + (long) ROW * number + column;
    }

    @Override
    public void close() {
        arena.close();
    }
}
