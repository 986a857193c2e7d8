package dev.postrider.spool;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Takes octets from outside: bodies of requests, files from URLs. Up to 256 KiB stay in memory,
 * more goes to a file, so a large one costs the memory of a small one. Both have room for so much
 * at once; whoever comes when it is full waits a moment. Safe for concurrent use.
 */
@Singleton
public final class Spool {
    /** What is kept in memory. */
    static final int MAX_IN_MEMORY = 256 * 1024;

    private static final int PIECE = 64 * 1024;

    private static final long MAX_ON_DISK = 1L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SpoolFolder folder;
    private final Duration patience;
    private final MemoryBudget memory;
    private final MemoryBudget disk;

    /** With room as the program's memory allows. */
    @Inject
    public Spool(SpoolFolder folder) {
        this(folder, Runtime.getRuntime().maxMemory() / 8, MAX_ON_DISK, PATIENCE);
    }

    /**
     * @param memory octets that may be in memory at once; those under 64 KiB don't count
     * @param disk octets that may be in files at once
     * @param patience how long to wait for room
     */
    public Spool(SpoolFolder folder, long memory, long disk, Duration patience) {
        this.folder = folder;
        this.patience = patience;
        this.memory = new MemoryBudget(memory);
        this.disk = new MemoryBudget(disk);
    }

    /** How long to wait for room. */
    public Duration patience() {
        return patience;
    }

    /** What became of them. */
    public sealed interface Taken {
        /** To be closed when they are needed no more. */
        record Complete(Octets octets) implements Taken {}

        record TooLarge() implements Taken {}

        /** There was no room in time. */
        record Busy() implements Taken {}
    }

    /**
     * Reads a stream to its end, or to the length that was declared.
     *
     * @param declared how many octets come, when their sender said it
     * @throws IOException when the sender breaks off, or the file can't be written
     */
    public Taken take(InputStream in, OptionalLong declared, int maxOctets)
            throws IOException, InterruptedException {
        if (declared.orElse(0) > maxOctets) {
            return new Taken.TooLarge();
        }
        return declared.orElse(0) > MAX_IN_MEMORY
                ? toDisk(new byte[0], in, declared.getAsLong(), maxOctets)
                : toMemory(in, (int) declared.orElse(MAX_IN_MEMORY), declared, maxOctets);
    }

    private Taken toMemory(InputStream in, int expected, OptionalLong declared, int maxOctets)
            throws IOException, InterruptedException {
        var room = memory.enter(expected, patience);
        if (room.isEmpty()) {
            return new Taken.Busy();
        }
        try (var held = room.get()) {
            var octets = declared.isPresent() ? exactly(in, expected) : in.readNBytes(expected + 1);
            if (octets.length > maxOctets) {
                return new Taken.TooLarge();
            }
            return octets.length > expected
                    ? toDisk(octets, in, maxOctets, maxOctets)
                    : new Taken.Complete(new Octets.InMemory(octets, held.keep()));
        }
    }

    /** In one array from the start: one that grows would be there twice. */
    private static byte[] exactly(InputStream in, int length) throws IOException {
        var octets = new byte[length];
        var read = in.readNBytes(octets, 0, length);
        return read == length ? octets : Arrays.copyOf(octets, read);
    }

    private Taken toDisk(byte[] beginning, InputStream rest, long expected, int maxOctets)
            throws IOException, InterruptedException {
        var room = disk.enter(expected, patience);
        if (room.isEmpty()) {
            return new Taken.Busy();
        }
        try (var held = room.get()) {
            var file = folder.file();
            var complete = false;
            try {
                var size = write(file, beginning, rest, maxOctets);
                if (size > maxOctets) {
                    return new Taken.TooLarge();
                }
                complete = true;
                return new Taken.Complete(new Octets.OnDisk(file, size, held.keep()));
            } finally {
                if (!complete) {
                    SpoolFolder.close(file);
                }
            }
        }
    }

    /** How many octets there are; beyond the limit nothing more is read. */
    private static long write(FileChannel file, byte[] beginning, InputStream rest, long maxOctets)
            throws IOException {
        var size = 0L;
        var piece = beginning.length > 0 ? beginning : new byte[PIECE];
        var count = beginning.length > 0 ? beginning.length : rest.read(piece);
        for (; count >= 0 && size <= maxOctets; count = rest.read(piece)) {
            size += count;
            for (var left = ByteBuffer.wrap(piece, 0, count); left.hasRemaining(); ) {
                file.write(left);
            }
        }
        return size;
    }
}
