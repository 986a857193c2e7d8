package dev.postrider.audit.http;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of a table as RFC 4180 has it. What a spreadsheet would take for a formula gets an
 * apostrophe in front: names and paths are others' words, and an export is opened by an admin.
 */
final class CsvRow {
    /** With their full-width forms, which some spreadsheets take for the same. */
    private static final String BEGIN_FORMULAS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private CsvRow() {}

    /** With its line end. */
    static String of(@Nullable Object... cells) {
        return Stream.of(cells)
                        .map(cell -> cell == null ? "" : cell(cell.toString()))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String cell(String text) {
        var safe =
                !text.isEmpty() && BEGIN_FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
