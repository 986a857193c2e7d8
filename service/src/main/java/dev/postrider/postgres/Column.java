package dev.postrider.postgres;

import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** One column of a batch, as the array that {@code unnest} takes apart. */
public final class Column {
    private Column() {}

    /**
     * Reads one value off each row.
     *
     * @param type with an array type registered in {@link Database}
     */
    @SuppressWarnings("unchecked") // an array of type is a T[]
    public static <R, T> @Nullable T[] of(
            List<R> rows, Class<T> type, Function<? super R, ? extends @Nullable T> value) {
        var column = (@Nullable T[]) Array.newInstance(type, rows.size());
        for (var i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }

    /** A column of bytea, which the driver wants as it is. */
    public static <R> Argument ofOctets(List<R> rows, Function<? super R, byte[]> value) {
        var column = rows.stream().map(value).toArray(byte[][]::new);
        return (position, statement, _) ->
                statement.setArray(
                        position, statement.getConnection().createArrayOf("bytea", column));
    }
}
