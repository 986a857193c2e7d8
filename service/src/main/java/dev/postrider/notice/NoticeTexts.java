package dev.postrider.notice;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The sentences of notices in one language. */
final class NoticeTexts {
    private static final NoticeTexts IN_ENGLISH = new NoticeTexts(Locale.ENGLISH);
    private static final NoticeTexts IN_GERMAN = new NoticeTexts(Locale.GERMAN);

    private final Properties texts = new Properties();
    private final DateTimeFormatter dates;

    private NoticeTexts(Locale language) {
        var name = "/notices/" + language.getLanguage() + ".properties";
        try (var file = NoticeTexts.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dates = DateTimeFormatter.ofPattern(text("date"), language).withZone(ZoneOffset.UTC);
    }

    /** English where there are none in the language. */
    static NoticeTexts in(Locale language) {
        return language.equals(Locale.GERMAN) ? IN_GERMAN : IN_ENGLISH;
    }

    private String text(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key + " is missing"));
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(texts.getProperty(key));
    }

    /** A text with its values filled in; what a value says in braces isn't filled in again. */
    String fill(String key, Map<String, String> values) {
        var text = text(key);
        var filled = new StringBuilder();
        var from = 0;
        for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            var close = text.indexOf('}', open);
            filled.append(text, from, open)
                    .append(values.getOrDefault(text.substring(open + 1, close), ""));
            from = close + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** A day, as people write it. */
    String day(Instant time) {
        return dates.format(time);
    }
}
