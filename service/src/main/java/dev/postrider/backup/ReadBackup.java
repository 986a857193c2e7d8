package dev.postrider.backup;

import dev.postrider.backup.BackupEnd.TableEnd;
import dev.postrider.postgres.copy.Table;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a backup from its beginning to its end, and believes nothing of it before. */
record ReadBackup(Path file, BackupKey key, Progress progress) {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_TEXT = 16 << 20;

    /** What is done with the rows of a table. */
    interface Rows {
        /**
         * Reads them.
         *
         * @return how many they were; empty when they weren't counted
         */
        Optional<Long> read(Table table, InputStream rows) throws IOException;
    }

    /** What is done with the whole, before the first and behind the last table. */
    interface Reader extends Rows {
        default void begin(BackupHead head) {}

        default void end(BackupEnd end) {}
    }

    /** What was read, and was as it should be. */
    record Whole(BackupHead head, BackupEnd end, Optional<String> masterKey) {}

    /** Reads all of it for nothing but to see whether it is whole. */
    Whole check() {
        return read((_, rows) -> {
            rows.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        });
    }

    Whole read(Rows rows) {
        return read(
                new Reader() {
                    @Override
                    public Optional<Long> read(Table table, InputStream in) throws IOException {
                        return rows.read(table, in);
                    }
                });
    }

    /**
     * Reads all of it.
     *
     * @throws BackupUnusable when it isn't whole, or not as it was written
     */
    Whole read(Reader reader) {
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            var counted = new Counted(in, Files.size(file), progress);
            var opened = new GZIPInputStream(SealedFile.read(counted, key), BUFFER);
            var tar = new TarArchiveInputStream(opened, "UTF-8");
            var whole = new Walk(tar, reader).all();
            // a checksum and an authentication tag stand at the very end
            opened.transferTo(OutputStream.nullOutputStream());
            return whole;
        } catch (NoSuchFileException _) {
            throw new BackupUnusable("There is no file " + file + ".");
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupUnusable(
                    "The backup "
                            + file
                            + " is damaged or cut off ("
                            + e.getMessage()
                            + "): use another one.");
        }
    }

    /** One way through the entries. */
    private static final class Walk {
        private final TarArchiveInputStream tar;
        private final Reader reader;

        Walk(TarArchiveInputStream tar, Reader reader) {
            this.tar = tar;
            this.reader = reader;
        }

        Whole all() throws IOException {
            expect(next(), WriteBackup.HEAD);
            var head = BackupJson.read(text(), BackupHead.class);
            reader.begin(head);
            var name = next();
            Optional<String> masterKey = Optional.empty();
            if (head.hasMasterKey()) {
                expect(name, WriteBackup.MASTER_KEY);
                masterKey = Optional.of(new String(text(), StandardCharsets.UTF_8));
                name = next();
            }
            var read = new ArrayList<TableEnd>();
            for (var table : head.tables()) {
                var pieces = new Pieces(tar, table.name(), name);
                read.add(table(table.table(), pieces));
                name = pieces.following();
            }
            expect(name, WriteBackup.END);
            var end = BackupJson.read(text(), BackupEnd.class);
            compare(read, end.tables());
            if (tar.getNextEntry() != null) {
                throw new IOException("there is more than its end");
            }
            reader.end(end);
            return new Whole(head, end, masterKey);
        }

        private String next() throws IOException {
            var entry = tar.getNextEntry();
            if (entry == null) {
                throw new IOException("its end is missing");
            }
            return entry.getName();
        }

        private byte[] text() throws IOException {
            var text = tar.readNBytes(LARGEST_TEXT);
            if (text.length == LARGEST_TEXT) {
                throw new IOException("a text in it is too long");
            }
            return text;
        }

        private TableEnd table(Table table, Pieces pieces) throws IOException {
            var digest = Sha256.begin();
            var rows = new Counted(new DigestInputStream(pieces, digest));
            var count = reader.read(table, rows);
            rows.transferTo(OutputStream.nullOutputStream());
            return new TableEnd(
                    table.name(),
                    count.orElse(-1L),
                    rows.octets(),
                    HexFormat.of().formatHex(digest.digest()));
        }

        private static void expect(String name, String expected) throws IOException {
            if (!name.equals(expected)) {
                throw new IOException("where " + expected + " should be, there is " + name);
            }
        }

        private static void compare(List<TableEnd> read, List<TableEnd> written)
                throws IOException {
            if (read.size() != written.size()) {
                throw new IOException("tables are missing");
            }
            for (var i = 0; i < read.size(); i++) {
                var is = read.get(i);
                var was = written.get(i);
                if (!is.name().equals(was.name())
                        || is.octets() != was.octets()
                        || !is.sha256().equals(was.sha256())
                        || (is.rows() >= 0 && is.rows() != was.rows())) {
                    throw new IOException(
                            "the rows of " + was.name() + " aren't those that were written");
                }
            }
        }
    }

    /** The pieces of a table, one after the other; it ends before the first entry of another. */
    private static final class Pieces extends InputStream {
        private final TarArchiveInputStream tar;
        private final String folder;
        private String entry;

        Pieces(TarArchiveInputStream tar, String table, String entry) {
            this.tar = tar;
            this.folder = TableEntries.FOLDER + table + "/";
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (entry.startsWith(folder)) {
                var count = tar.read(into, offset, length);
                if (count >= 0) {
                    return count;
                }
                var next = tar.getNextEntry();
                if (next == null) {
                    throw new IOException("its end is missing");
                }
                entry = next.getName();
            }
            return -1;
        }

        String following() {
            return entry;
        }
    }

    /** Tells how far it was read. */
    private static final class Counted extends FilterInputStream {
        private final long whole;
        private final Progress progress;
        private long octets;

        Counted(InputStream in) {
            this(in, 0, Progress.NONE);
        }

        Counted(InputStream in, long whole, Progress progress) {
            super(in);
            this.whole = whole;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            var octet = super.read();
            octets += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = super.read(into, offset, length);
            octets += Math.max(count, 0);
            progress.at("", octets, whole);
            return count;
        }

        long octets() {
            return octets;
        }
    }
}
