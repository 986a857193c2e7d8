package dev.postrider.postgres.copy;

import java.util.ArrayList;
import java.util.List;

/** Indexes and foreign keys, taken away while tables are filled. */
record LaterIndexes(List<Part> indexes, List<Part> foreignKeys) {
    /** In the order in which they were made. */
    private static final String INDEXES =
            """
            select case when conname is null
                        then format('drop index %I', indexes.relname)
                        else format('alter table %I drop constraint %I', tables.relname, conname)
                   end as drop,
                   case when conname is null
                        then pg_get_indexdef(indexrelid)
                        else format('alter table %I add constraint %I %s', tables.relname, conname,
                                    pg_get_constraintdef(pg_constraint.oid))
                   end as make
            from pg_index
            join pg_class as indexes
              on indexes.oid = indexrelid
            join pg_class as tables
              on tables.oid = indrelid
            left join pg_constraint
              on conindid = indexrelid
             and contype in ('p', 'u')
            where tables.relkind = 'r'
              and tables.relnamespace = cast(current_schema() as regnamespace)
              and tables.relname <> 'flyway_schema_history'
            order by indexrelid
            """;

    private static final String FOREIGN_KEYS =
            """
            select format('alter table %I drop constraint %I', relname, conname) as drop,
                   format('alter table %I add constraint %I %s', relname, conname,
                          pg_get_constraintdef(pg_constraint.oid)) as make
            from pg_constraint
            join pg_class
              on pg_class.oid = conrelid
            where contype = 'f'
              and relnamespace = cast(current_schema() as regnamespace)
            order by pg_constraint.oid
            """;

    LaterIndexes {
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** How one is taken away and made again. */
    record Part(String drop, String make) {}

    static LaterIndexes of(CopyConnection connection) {
        return new LaterIndexes(parts(connection, INDEXES), parts(connection, FOREIGN_KEYS));
    }

    private static List<Part> parts(CopyConnection connection, String query) {
        return connection.run(open -> {
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery(query)) {
                var parts = new ArrayList<Part>();
                while (rows.next()) {
                    parts.add(new Part(rows.getString("drop"), rows.getString("make")));
                }
                return parts;
            }
        });
    }

    void drop(CopyConnection connection) {
        foreignKeys.forEach(each -> connection.execute(each.drop()));
        indexes.forEach(each -> connection.execute(each.drop()));
    }

    void make(CopyConnection connection) {
        indexes.forEach(each -> connection.execute(each.make()));
        foreignKeys.forEach(each -> connection.execute(each.make()));
    }
}
