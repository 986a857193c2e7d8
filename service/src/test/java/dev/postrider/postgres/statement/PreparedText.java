package dev.postrider.postgres.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A statement of the program as SQL's own {@code prepare} wants it.
 *
 * @param sql with numbers for names
 * @param types of the parameters, in parentheses; empty without parameters
 * @param nulls as many as there are parameters, in parentheses
 */
record PreparedText(String sql, String types, String nulls) {
    /** A parameter, or a literal, in which a colon is nothing but a colon. */
    private static final Pattern PARAMETER = Pattern.compile("'[^']*'|(?<![:\\w]):(\\w+)");

    static PreparedText of(String sql) {
        var names = new ArrayList<String>();
        var text =
                PARAMETER
                        .matcher(sql)
                        .replaceAll(found -> {
                            var name = found.group(1);
                            if (name == null) {
                                return java.util.regex.Matcher.quoteReplacement(found.group());
                            }
                            if (!names.contains(name)) {
                                names.add(name);
                            }
                            return "\\$" + (names.indexOf(name) + 1);
                        });
        var columns = PreparedStatementsTest.columns(sql);
        return new PreparedText(
                text,
                inParentheses(
                        names.stream()
                                .map(name ->
                                        columns.contains(name)
                                                ? PreparedStatementsTest.COLUMNS.get(name) + "[]"
                                                : "unknown")
                                .toList()),
                inParentheses(Collections.nCopies(names.size(), "null")));
    }

    private static String inParentheses(List<String> words) {
        return words.isEmpty() ? "" : words.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
