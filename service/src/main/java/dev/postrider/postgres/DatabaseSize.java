package dev.postrider.postgres;

import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * How large the database is, by what the server knows without counting.
 *
 * @param version of the server
 * @param octets of all its files
 * @param tables the largest, with their indexes
 */
public record DatabaseSize(String version, long octets, List<TableSize> tables) {
    private static final String WHOLE =
            """
            select split_part(current_setting('server_version'), ' ', 1) as version,
                   pg_database_size(current_database()) as octets
            """;

    /** Its estimate is as old as the server's last look at the table. */
    private static final String TABLES =
            """
            select relname, cast(reltuples as bigint) as estimate, pg_total_relation_size(oid) as octets
            from pg_class
            where relkind = 'r'
              and relnamespace = cast(current_schema() as regnamespace)
            order by octets desc, relname
            limit :tables
            """;

    private static final int LARGEST = 10;

    public DatabaseSize {
        tables = List.copyOf(tables);
    }

    /**
     * A table.
     *
     * @param rows about so many; empty when the server hasn't looked yet
     */
    public record TableSize(String name, OptionalLong rows, long octets) {}

    public static DatabaseSize read(Handle handle) {
        var tables =
                handle.createQuery(TABLES)
                        .bind("tables", LARGEST)
                        .map((row, _) ->
                                new TableSize(
                                        row.getString("relname"),
                                        estimate(row.getLong("estimate")),
                                        row.getLong("octets")))
                        .list();
        return handle.createQuery(WHOLE)
                .map((row, _) ->
                        new DatabaseSize(row.getString("version"), row.getLong("octets"), tables))
                .one();
    }

    private static OptionalLong estimate(long rows) {
        return rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows);
    }
}
