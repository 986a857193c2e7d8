package dev.postrider.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the flow, over arrays that {@code unnest} takes apart. It is parsed once and given
 * to the driver as it is: JDBI describes a statement anew at each call, which costs more than the
 * call where one email is all there is. Parameters are named, {@code :name}, as JDBI has them.
 */
public final class BatchStatement {
    /** A cast, a text or a parameter. */
    private static final Pattern TOKEN = Pattern.compile("::|'[^']*'|:([a-zA-Z][a-zA-Z0-9_]*)");

    private final String sql;
    private final List<String> parameters;

    private BatchStatement(String sql, List<String> parameters) {
        this.sql = sql;
        this.parameters = List.copyOf(parameters);
    }

    public static BatchStatement of(String named) {
        var parameters = new ArrayList<String>();
        var sql =
                TOKEN.matcher(named)
                        .replaceAll(token -> {
                            if (token.group(1) == null) {
                                return Matcher.quoteReplacement(token.group());
                            }
                            parameters.add(token.group(1));
                            return "?";
                        });
        return new BatchStatement(sql, parameters);
    }

    /** What the driver has thrown. */
    private static final class Failed extends JdbiException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** Begins a call in the handle's transaction. */
    public Call on(Handle handle) {
        return new Call(handle);
    }

    /** Sets a parameter at a position. */
    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement, int position) throws SQLException;
    }

    /** Reads a row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** One call, with the values of its parameters; for one thread. */
    public final class Call {
        private final Handle handle;
        private final Map<String, Setter> values = new LinkedHashMap<>();

        private Call(Handle handle) {
            this.handle = handle;
        }

        /** One value off each row, of a type that {@link Column} knows. */
        public <R, T> Call column(
                String name,
                List<R> rows,
                Class<T> type,
                Function<? super R, ? extends @Nullable T> value) {
            return array(name, Column.typeOf(type), Column.values(rows, type, value));
        }

        /** A column of bytea. */
        public <R> Call octets(
                String name, List<R> rows, Function<? super R, byte @Nullable []> value) {
            return array(name, "bytea", rows.stream().map(value).toArray(byte[][]::new));
        }

        private Call array(String name, String type, @Nullable Object[] column) {
            values.put(
                    name,
                    (statement, position) ->
                            statement.setArray(
                                    position,
                                    statement.getConnection().createArrayOf(type, column)));
            return this;
        }

        public Call value(String name, Object value) {
            values.put(name, (statement, position) -> statement.setObject(position, value));
            return this;
        }

        /** All rows, as read. */
        public <T> List<T> list(RowReader<T> reader) {
            handle.getConfig(StatementCount.class).add();
            try (var statement = prepared();
                    var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                Unconfirmed.check(statement);
                return list;
            } catch (SQLException e) {
                throw new Failed(e);
            }
        }

        private PreparedStatement prepared() throws SQLException {
            var statement = handle.getConnection().prepareStatement(sql);
            for (var i = 0; i < parameters.size(); i++) {
                var value = values.get(parameters.get(i));
                if (value == null) {
                    throw new IllegalStateException("no value for " + parameters.get(i));
                }
                value.set(statement, i + 1);
            }
            return statement;
        }
    }
}
