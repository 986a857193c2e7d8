package dev.postrider.backup;

import dev.postrider.backup.BackupEnd.TableEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes the rows of a table as entries of a tar, in pieces: an entry's size stands before it, and
 * only a piece fits in memory.
 */
final class TableEntries extends OutputStream {
    static final String FOLDER = "tables/";
    private static final int PIECE = 4 << 20;

    private final TarArchiveOutputStream tar;
    private final String name;
    private final LongConsumer written;
    private final MessageDigest digest = Sha256.begin();
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private int pieces;
    private long octets;

    /**
     * For one table.
     *
     * @param written is told how many octets there are so far
     */
    TableEntries(TarArchiveOutputStream tar, String name, LongConsumer written) {
        this.tar = tar;
        this.name = name;
        this.written = written;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        var done = 0;
        while (done < length) {
            var some = Math.min(length - done, PIECE - filled);
            System.arraycopy(from, offset + done, piece, filled, some);
            filled += some;
            done += some;
            if (filled == PIECE) {
                writePiece();
            }
        }
    }

    private void writePiece() throws IOException {
        var entry = new TarArchiveEntry("%s%s/%08d".formatted(FOLDER, name, pieces));
        entry.setSize(filled);
        tar.putArchiveEntry(entry);
        tar.write(piece, 0, filled);
        tar.closeArchiveEntry();
        digest.update(piece, 0, filled);
        octets += filled;
        pieces++;
        filled = 0;
        written.accept(octets);
    }

    /** Writes the last piece. */
    TableEnd end(long rows) throws IOException {
        writePiece();
        return new TableEnd(name, rows, octets, HexFormat.of().formatHex(digest.digest()));
    }
}
