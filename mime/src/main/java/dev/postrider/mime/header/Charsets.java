package dev.postrider.mime.header;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The charsets of this JDK by all their names. {@link Charset#forName} asks every provider anew for
 * each name that it doesn't know, which a message full of invented ones makes it do at length.
 */
public final class Charsets {
    private static final Map<String, Charset> BY_NAME = byName();

    private Charsets() {}

    /** Null for a name that nobody knows. ASCII is read as UTF-8, which it is a part of. */
    public static @Nullable Charset of(String name) {
        Charset charset = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        return StandardCharsets.US_ASCII.equals(charset) ? StandardCharsets.UTF_8 : charset;
    }

    private static Map<String, Charset> byName() {
        Map<String, Charset> names = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            names.put(charset.name().toLowerCase(Locale.ROOT), charset);
            charset.aliases()
                    .forEach(alias -> names.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
        }
        return names;
    }
}
