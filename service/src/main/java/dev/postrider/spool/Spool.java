package dev.postrider.spool;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes octets from outside: bodies of requests, files from URLs, what attachments say in base64.
 * Up to 256 KiB stay in memory, more goes to a file, so a large one costs the memory of a small
 * one. Both have a budget, which is used as octets come, not as they are announced: who announces
 * much and sends little holds little. Safe for concurrent use.
 */
@Singleton
public final class Spool {
    /** What is kept in memory. */
    static final int MAX_IN_MEMORY = 256 * 1024;

    private static final int PIECE = 64 * 1024;

    private static final long MAX_ON_DISK = 2L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SpoolFolder folder;
    private final Duration patience;
    private final MemoryBudget memory;
    private final MemoryBudget disk;

    /** With budgets as the program's memory allows. */
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

    /** There was no room in time, or the disk is full. */
    public static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1;

        private NoRoom(@Nullable Throwable cause) {
            super("too many large requests at once", cause);
        }
    }

    /** More octets came than were allowed. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        private TooLarge() {
            super("more octets than are allowed");
        }
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
     * Reads a stream to its end.
     *
     * @param workspace whose share of the budgets it uses
     * @param declared how many octets come, when their sender said it
     * @throws IOException when the sender breaks off
     */
    public Taken take(UUID workspace, InputStream in, OptionalLong declared, int maxOctets)
            throws IOException {
        if (declared.orElse(0) > maxOctets) {
            return new Taken.TooLarge();
        }
        try (var writer = write(workspace, maxOctets)) {
            var piece = new byte[Math.clamp(declared.orElse(PIECE), 1, PIECE)];
            for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
                writer.write(piece, 0, count);
            }
            return new Taken.Complete(writer.octets());
        } catch (TooLarge _) {
            return new Taken.TooLarge();
        } catch (NoRoom _) {
            return new Taken.Busy();
        }
    }

    /** Begins to take octets that are written; to be closed, whatever becomes of them. */
    public Writer write(UUID workspace, long maxOctets) {
        return new Writer(workspace, maxOctets);
    }

    static void hold(MemoryBudget.Held held, long octets, Duration patience) throws IOException {
        try {
            if (!held.grow(octets, patience)) {
                throw new NoRoom(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    /** Takes octets one after another. For one thread. */
    public final class Writer extends OutputStream {
        private final UUID workspace;
        private final long maxOctets;
        private MemoryBudget.Held held;
        private byte[] small = new byte[0];
        private @Nullable FileChannel file;
        private long size;
        private boolean isTaken;

        private Writer(UUID workspace, long maxOctets) {
            this.workspace = workspace;
            this.maxOctets = maxOctets;
            this.held = memory.open(workspace);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        /**
         * @throws TooLarge when that is more than allowed
         * @throws NoRoom when there is no room for it in time
         */
        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (size + length > maxOctets) {
                throw new TooLarge();
            }
            if (file == null && size + length > MAX_IN_MEMORY) {
                moveToDisk();
            }
            hold(held, size + length, patience);
            if (file == null) {
                keep(from, offset, length);
            } else {
                append(file, ByteBuffer.wrap(from, offset, length));
            }
            size += length;
        }

        private void keep(byte[] from, int offset, int length) {
            var needed = (int) size + length;
            if (needed > small.length) {
                small = Arrays.copyOf(small, Math.max(needed, Math.min(2 * needed, MAX_IN_MEMORY)));
            }
            System.arraycopy(from, offset, small, (int) size, length);
        }

        private void moveToDisk() throws IOException {
            held.close();
            held = disk.open(workspace);
            try {
                file = folder.file();
            } catch (IOException e) {
                throw new NoRoom(e);
            }
            append(file, ByteBuffer.wrap(small, 0, (int) size));
            small = new byte[0];
        }

        private static void append(FileChannel file, ByteBuffer octets) throws NoRoom {
            try {
                while (octets.hasRemaining()) {
                    file.write(octets);
                }
            } catch (IOException e) {
                // nothing but a full or broken disk refuses that
                throw new NoRoom(e);
            }
        }

        /** All that was written, which is its caller's to close from now on. */
        public Octets octets() {
            isTaken = true;
            if (file != null) {
                return new Octets.OnDisk(file, size, held::close);
            }
            var octets = small.length == size ? small : Arrays.copyOf(small, (int) size);
            return new Octets.InMemory(octets, held::close);
        }

        /** Nothing is left of what nobody has taken. */
        @Override
        public void close() {
            if (!isTaken) {
                held.close();
                if (file != null) {
                    SpoolFolder.close(file);
                }
            }
        }
    }
}
