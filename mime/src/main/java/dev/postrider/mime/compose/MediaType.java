package dev.postrider.mime.compose;

import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.QuotedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type as a caller gives it: {@code text/csv; charset=utf-8} (RFC 2045 section 5.1).
 *
 * @param name type and subtype in lower case
 * @param parameters its parameters in their order
 */
record MediaType(String name, List<Map.Entry<String, String>> parameters) {
    static final MediaType OCTETS = new MediaType("application/octet-stream", List.of());
    static final int MAX_LENGTH = 255;

    private static final String TOKEN = "[^\\x00- \\x7f()<>@,;:\\\\\"/\\[\\]?=]+";
    private static final Pattern PARAMETER =
            Pattern.compile("; *(%s) *= *(%<s|\"(?:[^\"\\\\]|\\\\.)*\") *".formatted(TOKEN));
    private static final Pattern TYPE =
            Pattern.compile(" *(%s/%<s) *((?:%s)*)(?:; *)?".formatted(TOKEN, PARAMETER));

    MediaType {
        parameters = List.copyOf(parameters);
    }

    /** The media type that a text says, or null if it says none. */
    static @Nullable MediaType parse(String text) {
        if (text.length() > MAX_LENGTH || !Ascii.isPrintable(text)) {
            return null;
        }
        Matcher type = TYPE.matcher(text);
        if (!type.matches()) {
            return null;
        }
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(type.group(2));
        while (parameter.find()) {
            String value = parameter.group(2);
            parameters.add(
                    Map.entry(
                            parameter.group(1).toLowerCase(Locale.ROOT),
                            value.startsWith("\"") ? QuotedString.unquote(value) : value));
        }
        return new MediaType(type.group(1).toLowerCase(Locale.ROOT), parameters);
    }

    boolean isMultipart() {
        return name.startsWith("multipart/");
    }

    boolean isMessage() {
        return name.startsWith("message/");
    }
}
