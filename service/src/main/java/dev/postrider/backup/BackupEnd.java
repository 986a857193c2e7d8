package dev.postrider.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.postgres.copy.Sequence;
import java.util.List;

/** What a backup must have held, at its end: one without it was cut off. */
public record BackupEnd(
        @JsonProperty("tables") List<TableEnd> tables,
        @JsonProperty("sequences") List<SequenceEnd> sequences) {

    public BackupEnd {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }

    public record TableEnd(
            @JsonProperty("name") String name,
            @JsonProperty("rows") long rows,
            @JsonProperty("octets") long octets,
            @JsonProperty("sha256") String sha256) {}

    record SequenceEnd(
            @JsonProperty("name") String name,
            @JsonProperty("last") long last,
            @JsonProperty("is_called") boolean isCalled) {

        Sequence sequence() {
            return new Sequence(name, last, isCalled);
        }
    }

    public long rows() {
        return tables.stream().mapToLong(TableEnd::rows).sum();
    }
}
