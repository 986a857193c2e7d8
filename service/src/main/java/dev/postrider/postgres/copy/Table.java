package dev.postrider.postgres.copy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose rows are copied.
 *
 * @param columns those that are stored by whoever writes a row: the server makes the others itself
 * @param octets about what it holds
 */
public record Table(String name, List<String> columns, long octets) {
    public Table {
        columns = List.copyOf(columns);
    }

    /** Names can't be parameters; these are out of the server's own catalog. */
    String copyOut() {
        return "copy " + target() + " to stdout (format binary)";
    }

    String copyIn() {
        return "copy " + target() + " from stdin (format binary)";
    }

    private String target() {
        return quoted(name)
                + columns.stream().map(Table::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
