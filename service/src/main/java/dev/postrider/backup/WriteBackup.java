package dev.postrider.backup;

import dev.postrider.backup.BackupEnd.SequenceEnd;
import dev.postrider.backup.BackupEnd.TableEnd;
import dev.postrider.backup.BackupHead.TableHead;
import dev.postrider.postgres.copy.Snapshot;
import dev.postrider.postgres.copy.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes what a snapshot holds.
 *
 * @param version Postrider's
 * @param masterKey the key's text, when it is to be in it
 */
record WriteBackup(
        Snapshot snapshot, String version, Optional<String> masterKey, Progress progress) {
    static final String HEAD = "backup.json";
    static final String MASTER_KEY = "master-key.json";
    static final String END = "end.json";
    private static final int BUFFER = 1 << 16;

    BackupEnd to(OutputStream out, BackupKey key) throws IOException {
        try (var tar = new TarArchiveOutputStream(new Fast(SealedFile.write(out, key)), "UTF-8")) {
            var tables = snapshot.tables();
            entry(tar, HEAD, BackupJson.write(head(tables)));
            if (masterKey.isPresent()) {
                entry(tar, MASTER_KEY, masterKey.get().getBytes(StandardCharsets.UTF_8));
            }
            var ends = new ArrayList<TableEnd>();
            var whole = tables.stream().mapToLong(Table::octets).sum();
            var before = 0L;
            for (var table : tables) {
                ends.add(write(tar, table, before, whole));
                before += table.octets();
            }
            var sequences =
                    snapshot.sequences().stream()
                            .map(each -> new SequenceEnd(each.name(), each.last(), each.isCalled()))
                            .toList();
            var end = new BackupEnd(ends, sequences);
            entry(tar, END, BackupJson.write(end));
            return end;
        }
    }

    private BackupHead head(List<Table> tables) {
        var facts = snapshot.facts();
        return new BackupHead(
                version,
                facts.schema(),
                facts.server(),
                facts.takenAt().toString(),
                facts.octets(),
                masterKey.isPresent(),
                tables.stream().map(each -> new TableHead(each.name(), each.columns())).toList());
    }

    private TableEnd write(TarArchiveOutputStream tar, Table table, long before, long whole)
            throws IOException {
        var entries =
                new TableEntries(
                        tar,
                        table.name(),
                        octets ->
                                progress.at(
                                        table.name(),
                                        before + Math.min(octets, table.octets()),
                                        whole));
        return entries.end(snapshot.copy(table, entries));
    }

    private static void entry(TarArchiveOutputStream tar, String name, byte[] content)
            throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Half as small and four times as fast as at its best: a backup waits for nobody. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
