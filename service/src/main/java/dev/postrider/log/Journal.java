package dev.postrider.log;

import java.util.StringJoiner;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Writes one line an event: what happened, then its facts as {@code key=value}; as JSON the facts
 * are fields of their own. Callers give ids, addresses of servers, codes and durations, never a
 * password, a token or a body.
 */
public final class Journal {
    /** Characters of what happened, and of each value, that a line shows. */
    private static final int MAX_LENGTH = 2_000;

    /**
     * Whether lines are JSON or are exported, which has the facts as fields; set before the program
     * starts.
     */
    private static final boolean HAS_FIELDS =
            Boolean.parseBoolean(System.getProperty("quarkus.log.console.json.enabled", "true"))
                    || Boolean.getBoolean("postrider.log.fields");

    private final Logger logger;

    private Journal(Logger logger) {
        this.logger = logger;
    }

    /**
     * A journal of one category.
     *
     * @param category {@code smtp}, {@code http}, {@code flow} or {@code boot}
     */
    public static Journal of(String category) {
        return new Journal(Logger.getLogger(category));
    }

    /**
     * Writes an event.
     *
     * @param facts names and values by turns; a value that holds anything but printable ASCII is
     *     quoted
     */
    public void event(String what, Object... facts) {
        log(Logger.Level.INFO, what, facts);
    }

    /** An event that its operator should look at. */
    public void warning(String what, Object... facts) {
        log(Logger.Level.WARN, what, facts);
    }

    /** An event for whoever looks closely; off unless the category's level is DEBUG. */
    public void detail(String what, Object... facts) {
        log(Logger.Level.DEBUG, what, facts);
    }

    /** A bug or a broken machine, with its stack trace. */
    public void failure(String what, Throwable cause, Object... facts) {
        logger.error(line(what, facts), cause);
    }

    private void log(Logger.Level level, String what, Object... facts) {
        if (!logger.isEnabled(level)) {
            return;
        }
        if (!HAS_FIELDS) {
            logger.log(level, line(what, facts));
            return;
        }
        for (var i = 0; i + 1 < facts.length; i += 2) {
            MDC.put(String.valueOf(facts[i]), shortened(String.valueOf(facts[i + 1])));
        }
        try {
            logger.log(level, line(what, facts));
        } finally {
            for (var i = 0; i + 1 < facts.length; i += 2) {
                MDC.remove(String.valueOf(facts[i]));
            }
        }
    }

    private static String line(String what, Object... facts) {
        var happened = shortened(what);
        var line = new StringJoiner(" ").add(isPlain(happened) ? happened : escaped(happened));
        for (var i = 0; i + 1 < facts.length; i += 2) {
            line.add(facts[i] + "=" + quoted(shortened(String.valueOf(facts[i + 1]))));
        }
        return line.toString();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH
                ? text
                : text.substring(0, MAX_LENGTH) + "... (" + text.length() + " characters)";
    }

    /** A value from outside must not end the line or look like another fact. */
    private static String quoted(String value) {
        return isPlain(value) && !hasAny(value, ' ', '"', '=')
                ? value
                : '"' + escaped(value).replace("\"", "\\\"") + '"';
    }

    private static boolean hasAny(String text, char... some) {
        for (var c : some) {
            if (text.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c >= 127 || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * What could end a line, move a terminal's cursor or turn the writing's direction is spelled.
     */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c == '\\') {
                        escaped.append("\\\\");
                    } else if (isShown(c)) {
                        escaped.appendCodePoint(c);
                    } else {
                        escaped.append(
                                c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
                    }
                });
        return escaped.toString();
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
