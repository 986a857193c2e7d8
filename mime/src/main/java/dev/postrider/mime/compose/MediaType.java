package dev.postrider.mime.compose;

import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.QuotedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A media type as a caller gives it: {@code text/csv; charset=utf-8} (RFC 2045 section 5.1).
 *
 * @param name type and subtype in lower case
 * @param parameters its parameters in their order
 */
public record MediaType(String name, List<Map.Entry<String, String>> parameters) {
    static final MediaType OCTETS = new MediaType("application/octet-stream", List.of());
    static final int MAX_LENGTH = 255;

    public MediaType {
        parameters = List.copyOf(parameters);
    }

    /** The media type that a text says, or null if it says none. */
    public static @Nullable MediaType parse(String text) {
        if (text.length() > MAX_LENGTH || !Ascii.isPrintable(text)) {
            return null;
        }
        int end = text.indexOf(';');
        String name = (end < 0 ? text : text.substring(0, end)).strip();
        int slash = name.indexOf('/');
        if (slash < 0
                || !Ascii.isToken(name.substring(0, slash))
                || !Ascii.isToken(name.substring(slash + 1))) {
            return null;
        }
        List<Map.Entry<String, String>> parameters =
                end < 0 ? List.of() : parseParameters(text.substring(end));
        return parameters == null ? null : new MediaType(name.toLowerCase(Locale.ROOT), parameters);
    }

    boolean isMultipart() {
        return name.startsWith("multipart/");
    }

    boolean isMessage() {
        return name.startsWith("message/");
    }

    private static @Nullable List<Map.Entry<String, String>> parseParameters(String text) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            rest = rest.substring(1).strip();
            if (rest.isEmpty()) {
                break;
            }
            int equals = rest.indexOf('=');
            if (equals < 0 || !Ascii.isToken(rest.substring(0, equals).strip())) {
                return null;
            }
            String name = rest.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = rest.substring(equals + 1).strip();
            int end = endOfValue(value);
            String written = end < 0 ? "" : value.substring(0, end).strip();
            boolean quoted = written.startsWith("\"");
            if (!quoted && !Ascii.isToken(written)) {
                return null;
            }
            parameters.add(Map.entry(name, quoted ? QuotedString.unquote(written) : written));
            rest = value.substring(end).strip();
            if (!rest.isEmpty() && !rest.startsWith(";")) {
                return null;
            }
        }
        return parameters;
    }

    private static int endOfValue(String value) {
        if (value.startsWith("\"")) {
            return QuotedString.endOf(value, 0);
        }
        int end = value.indexOf(';');
        return end < 0 ? value.length() : end;
    }
}
