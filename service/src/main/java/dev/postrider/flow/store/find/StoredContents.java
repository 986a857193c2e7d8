package dev.postrider.flow.store.find;

import dev.postrider.email.Content;
import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.transport.ContentSource;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Large contents, read in slices while they are sent: a hundred stalled servers that were each to
 * get 25 MB cost a slice each.
 */
@Singleton
public final class StoredContents implements ContentSource {
    private static final int SLICE_OCTETS = 256 << 10;

    /** The server reads this much of what it keeps apart and uncompressed, see the schema. */
    private static final String SLICE =
            """
            select substring(bytes from cast(:from as integer) for cast(:octets as integer))
            from email_content
            where workspace_id = :workspace
              and email_id = :email
              and octet_length(bytes) = :size
            """;

    private final Database database;

    /** How much was read so far, by all who read. */
    private final AtomicLong octetsRead = new AtomicLong();

    public StoredContents(Database database) {
        this.database = database;
    }

    @Override
    public InputStream open(Content.Stored content, long from, long length) {
        return open(
                content.email(), content.size(), Math.toIntExact(from), Math.toIntExact(length));
    }

    /** A message of that length, which mustn't change while it is read. */
    InputStream open(EmailKey email, int size) {
        return open(email, size, 0, size);
    }

    /** A part of it. */
    InputStream open(EmailKey email, int size, int from, int length) {
        return new Slices(email, size, from, Math.min(size, from + length));
    }

    long octetsRead() {
        return octetsRead.get();
    }

    private byte[] slice(EmailKey email, int size, int from, int octets) throws IOException {
        try {
            return database.read(handle ->
                            handle.createQuery(SLICE)
                                    .bind("workspace", email.workspaceId())
                                    .bind("email", email.id())
                                    .bind("from", from + 1)
                                    .bind("octets", octets)
                                    .bind("size", size)
                                    .mapTo(byte[].class)
                                    .findOne())
                    .orElseThrow(() ->
                            new FileNotFoundException("the content of " + email.id() + " is gone"));
        } catch (DatabaseAway e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private final class Slices extends InputStream {
        private final EmailKey email;
        private final int size;
        private final int end;
        private byte[] slice = {};
        private int at;
        private int next;

        private Slices(EmailKey email, int size, int from, int end) {
            this.email = email;
            this.size = size;
            this.next = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return fill() ? slice[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            var count = Math.min(length, slice.length - at);
            System.arraycopy(slice, at, into, offset, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (at == slice.length && next < end) {
                slice = slice(email, size, next, Math.min(SLICE_OCTETS, end - next));
                at = 0;
                octetsRead.addAndGet(slice.length);
                next += slice.length;
                if (slice.length == 0) {
                    throw new FileNotFoundException(
                            "the content of " + email.id() + " is shorter than it was");
                }
            }
            return at < slice.length;
        }
    }
}
