package dev.postrider.door.connect;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * What the pages say, in one language: the files {@code connect/texts*.properties}. A key that is
 * in none is a bug.
 */
public final class Texts {
    private static final String BUNDLE = "connect.texts";

    /** The first is for whoever reads none of them. */
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    /** Browsers send less. */
    private static final int MAX_HEADER = 1_000;

    private static final ResourceBundle.Control NO_OTHERS =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle bundle;

    private Texts(Locale language) {
        this.bundle =
                ResourceBundle.getBundle(
                        BUNDLE,
                        language.equals(LANGUAGES.getFirst()) ? Locale.ROOT : language,
                        Texts.class.getClassLoader(),
                        NO_OTHERS);
    }

    /**
     * In the language that a browser likes best.
     *
     * @param acceptLanguage its header; what can't be read counts as none
     */
    public static Texts in(String acceptLanguage) {
        try {
            var wanted =
                    acceptLanguage.isBlank() || acceptLanguage.length() > MAX_HEADER
                            ? List.<Locale.LanguageRange>of()
                            : Locale.LanguageRange.parse(acceptLanguage);
            var best = Locale.lookup(wanted, LANGUAGES);
            return new Texts(best == null ? LANGUAGES.getFirst() : best);
        } catch (IllegalArgumentException _) {
            return new Texts(LANGUAGES.getFirst());
        }
    }

    public String language() {
        return of("language");
    }

    public Locale locale() {
        return Locale.of(language());
    }

    /**
     * @throws MissingResourceException a bug
     */
    public String of(String key) {
        return bundle.getString(key);
    }

    public String of(String key, String first) {
        return of(key).replace("{0}", first);
    }

    public String of(String key, String first, String second) {
        return of(key, first).replace("{1}", second);
    }
}
