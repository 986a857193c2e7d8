package dev.postrider.spool;

import dev.postrider.mime.encoding.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Octets that came from outside, small ones in memory and large ones in a file, readable from any
 * place on, again and again, until they are closed.
 */
public sealed interface Octets extends Source, AutoCloseable {
    /** A new stream that begins at an octet. */
    InputStream openAt(long from);

    @Override
    default InputStream open() {
        return openAt(0);
    }

    @Override
    void close();

    /** Nobody changes them. */
    final class InMemory implements Octets {
        private final byte[] octets;
        private final Runnable release;

        /**
         * @param release gives back the room that they take
         */
        public InMemory(byte[] octets, Runnable release) {
            this.octets = octets;
            this.release = release;
        }

        public byte[] array() {
            return octets;
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public InputStream openAt(long from) {
            return new ByteArrayInputStream(octets, (int) from, octets.length);
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /** In a file that has no name any more: it ends with its channel, or with the program. */
    final class OnDisk implements Octets {
        private final FileChannel file;
        private final long size;
        private final Runnable release;

        public OnDisk(FileChannel file, long size, Runnable release) {
            this.file = file;
            this.size = size;
            this.release = release;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream openAt(long from) {
            return new InputStream() {
                private long at = from;

                @Override
                public int read() throws IOException {
                    var one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    var count = file.read(ByteBuffer.wrap(into, offset, length), at);
                    at += Math.max(0, count);
                    return count;
                }

                @Override
                public long skip(long count) {
                    var skipped = Math.clamp(count, 0, size - at);
                    at += skipped;
                    return skipped;
                }
            };
        }

        @Override
        public void close() {
            SpoolFolder.close(file);
            release.run();
        }
    }
}
