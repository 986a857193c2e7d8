package dev.postrider.mime.address;

import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.ControlCharacters;
import dev.postrider.mime.text.QuotedString;
import dev.postrider.mime.text.WellFormedUtf16;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name before an address: {@code display-name} of RFC 5322 section 3.4. */
public final class DisplayName {
    /** What reads as part of a name without quotes, beside letters and digits of any script. */
    private static final String PLAIN = " !#$%&'*+-/=?^_`{|}~";

    /** Commercial at, what normalising makes one, or an angle bracket. */
    private static final Pattern HOLDS_AT = Pattern.compile("[@\uff20\ufe6b<>]");

    /** The same, but for an @ between blanks: {@code Ann @ Work}. */
    private static final Pattern HOLDS_ADDRESS =
            Pattern.compile("[^ ][@\uff20\ufe6b]|[@\uff20\ufe6b][^ ]|[<>]");

    private DisplayName() {}

    /**
     * Whether a reader who decodes a field before taking it apart, or looks for the first @ or
     * angle bracket, would take the name for the address.
     */
    static boolean holdsAnotherAddress(String name, boolean encoded) {
        return (encoded ? HOLDS_AT : HOLDS_ADDRESS).matcher(name).find();
    }

    static @Nullable String flawIn(String name) {
        if (name.length() > Address.MAX_NAME_LENGTH) {
            return "The name has %d characters; at most %d are allowed."
                    .formatted(name.length(), Address.MAX_NAME_LENGTH);
        }
        if (WellFormedUtf16.hasHalf(name)) {
            return "The name has half a surrogate pair; write whole characters.";
        }
        int control = ControlCharacters.firstIn(name);
        return control < 0
                ? null
                : "The name has " + ControlCharacters.describe(name, control) + ".";
    }

    /**
     * The name as it stands before an address, in quotes if it needs them: between bare words white
     * space doesn't count.
     */
    public static String quoted(String name) {
        boolean plain =
                name.equals(name.strip())
                        && !name.contains("  ")
                        && name.chars().allMatch(c -> c > 127 || isAsciiPlain((char) c));
        return plain ? name : QuotedString.quote(name);
    }

    /** The same, encoded if it would be taken for encoded words. */
    static String written(String name) {
        return EncodedWords.looksEncoded(name)
                ? String.join(" ", EncodedWords.of(name, EncodedWords.MAX_WORD))
                : quoted(name);
    }

    private static boolean isAsciiPlain(char c) {
        return Ascii.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
    }
}
