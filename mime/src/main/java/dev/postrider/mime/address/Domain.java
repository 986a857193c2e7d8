package dev.postrider.mime.address;

import dev.postrider.mime.text.Ascii;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A domain name (RFC 5321 section 4.1.2), internationalised or not.
 *
 * <p>The JDK knows IDNA 2003, which maps four characters to other names than IDNA 2008 does ({@code
 * faß.de} would become {@code fass.de}, somebody else's domain). They are refused, with the advice
 * to write the A-label.
 */
final class Domain {
    /** RFC 5321 section 4.5.3.1.2. */
    static final int MAX_OCTETS = 255;

    /** Sharp s, final sigma and the two zero-width joiners (RFC 5894 section 7.2). */
    private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

    private Domain() {}

    static @Nullable String flawIn(String text) {
        if (text.isEmpty()) {
            return "There is no domain after the @.";
        }
        if (text.startsWith("[")) {
            return "An IP address in brackets isn't accepted; write the domain's name.";
        }
        if (text.length() > MAX_OCTETS) {
            // before it is converted, which takes time that grows with the square of a label's
            // length
            return tooLong(text.length());
        }
        if (text.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
            return "The domain has a character that old and new rules read differently;"
                    + " write it in its xn-- form.";
        }
        String ascii;
        try {
            ascii = canonical(text);
        } catch (IllegalArgumentException noSuchName) {
            return "The domain isn't a valid internationalised name.";
        }
        return asciiFlaw(ascii);
    }

    /** Lower case, in A-labels; for a text without a flaw. */
    static String canonical(String text) {
        String ascii = Ascii.isPrintable(text) ? text : IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
        return ascii.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String asciiFlaw(String ascii) {
        if (ascii.length() > MAX_OCTETS) {
            return tooLong(ascii.length());
        }
        String[] labels = ascii.split("\\.", -1);
        for (String label : labels) {
            String flaw = labelFlaw(label);
            if (flaw != null) {
                return flaw;
            }
        }
        return labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9')
                ? "The domain ends in a number; an IP address can't stand for it."
                : null;
    }

    private static String tooLong(int octets) {
        return "The domain has %d octets; at most %d are allowed.".formatted(octets, MAX_OCTETS);
    }

    private static @Nullable String labelFlaw(String label) {
        if (label.isEmpty()) {
            return "The domain can't begin or end with a dot, nor have two together.";
        }
        if (label.length() > 63) {
            return "A part of the domain has %d characters; at most 63 are allowed."
                    .formatted(label.length());
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            return "A part of the domain begins or ends with a hyphen.";
        }
        return label.chars().allMatch(c -> c == '-' || Ascii.isLetterOrDigit(c))
                ? null
                : "The domain has a character other than letters, digits, hyphens and dots.";
    }
}
