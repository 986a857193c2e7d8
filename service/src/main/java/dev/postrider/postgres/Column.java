package dev.postrider.postgres;

import java.lang.reflect.Array;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * One column of a batch, as the array that {@code unnest} takes apart. It is handed to the driver
 * as it is: JDBI would copy each element through a stream.
 */
public final class Column {
    private static final Map<Class<?>, String> TYPES =
            Map.of(
                    UUID.class, "uuid",
                    String.class, "text",
                    Boolean.class, "boolean",
                    Short.class, "smallint",
                    Integer.class, "integer",
                    Long.class, "bigint",
                    Timestamp.class, "timestamptz");

    private Column() {}

    /**
     * Reads one value off each row.
     *
     * @param type one whose SQL type is known here
     */
    public static <R, T> Argument of(
            List<R> rows, Class<T> type, Function<? super R, ? extends @Nullable T> value) {
        var name = typeOf(type);
        var column = values(rows, type, value);
        return (position, statement, _) ->
                statement.setArray(position, statement.getConnection().createArrayOf(name, column));
    }

    static String typeOf(Class<?> type) {
        var name = TYPES.get(type);
        if (name == null) {
            throw new IllegalArgumentException("no SQL type is known for " + type);
        }
        return name;
    }

    static <R, T> @Nullable Object[] values(
            List<R> rows, Class<T> type, Function<? super R, ? extends @Nullable T> value) {
        var column = (@Nullable Object[]) Array.newInstance(type, rows.size());
        for (var i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }
}
