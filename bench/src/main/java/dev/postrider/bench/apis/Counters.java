package dev.postrider.bench.apis;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Numbers in a file that two processes have in memory: the servers' alone writes them. */
final class Counters implements AutoCloseable {
    private static final long TAKEN = 0;
    private static final long CONNECTIONS = 8;
    private static final long SIZE = 16;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Arena arena;
    private final MemorySegment memory;

    private Counters(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
    }

    static Counters open(Path file) throws IOException {
        var arena = Arena.ofShared();
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return new Counters(arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, arena));
        }
    }

    /** Emails that were taken, whatever was answered. */
    long taken() {
        return (long) LONG.getAcquire(memory, TAKEN);
    }

    /** Connections that were made to the servers. */
    long connections() {
        return (long) LONG.getAcquire(memory, CONNECTIONS);
    }

    void set(long taken, long connections) {
        LONG.setRelease(memory, CONNECTIONS, connections);
        LONG.setRelease(memory, TAKEN, taken);
    }

    @Override
    public void close() {
        arena.close();
    }
}
