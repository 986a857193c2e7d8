package dev.postrider.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.postgres.copy.Table;
import java.util.List;

/**
 * What a backup is, at its beginning.
 *
 * @param postrider the version that made it
 * @param schema the last migration's version
 * @param server the PostgreSQL's
 * @param takenAt the moment whose rows these are
 * @param databaseOctets the size of the database's files then
 * @param hasMasterKey whether the key is in it that opens credentials
 */
public record BackupHead(
        @JsonProperty("postrider") String postrider,
        @JsonProperty("schema") String schema,
        @JsonProperty("server") String server,
        @JsonProperty("taken_at") String takenAt,
        @JsonProperty("database_octets") long databaseOctets,
        @JsonProperty("has_master_key") boolean hasMasterKey,
        @JsonProperty("tables") List<TableHead> tables) {

    public BackupHead {
        tables = List.copyOf(tables);
    }

    /** A table, in the order in which they follow. */
    public record TableHead(
            @JsonProperty("name") String name, @JsonProperty("columns") List<String> columns) {
        public TableHead {
            columns = List.copyOf(columns);
        }

        Table table() {
            return new Table(name, columns, 0);
        }
    }
}
