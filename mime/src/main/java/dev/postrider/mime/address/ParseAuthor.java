package dev.postrider.mime.address;

import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.text.QuotedString;
import org.jspecify.annotations.Nullable;

/**
 * Reads the field that says who a message is from, in the one form that all readers read alike:
 * {@code address}, {@code Name <address>} or {@code "Name" <address>}, where the name may be
 * encoded. Who may send as one address must not be shown as another: so comments, groups, routes
 * and all that RFC 5322 section 4 calls obsolete are refused, and names that a reader who decodes
 * before it takes apart, or looks for the first @ or angle bracket, would take for the address.
 */
public final class ParseAuthor {
    private final String value;
    private int at;

    private ParseAuthor(String value) {
        this.value = value.replace('\t', ' ').strip();
    }

    /** Reads a field's unfolded value. */
    public static Author parse(String value) {
        return new ParseAuthor(value).parse();
    }

    private Author parse() {
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        boolean atInName = false;
        while (at < value.length() && value.charAt(at) != '<') {
            char c = value.charAt(at);
            if (c == '"') {
                int end = QuotedString.endOf(value, at);
                if (end < 0) {
                    return unclear(Author.Reason.OPEN_QUOTE);
                }
                quoted = true;
                name.append(QuotedString.unquote(value.substring(at, end)));
                at = end;
            } else {
                Author.Reason reason = reasonAgainst(c);
                reason = reason != null && isInWord(name) ? Author.Reason.SPECIAL_IN_WORD : reason;
                if (reason != null) {
                    return unclear(reason);
                }
                atInName |= c == '@';
                name.append(c);
                at++;
            }
        }
        if (at == value.length()) {
            return quoted ? unclear(Author.Reason.QUOTED_LOCAL_PART) : bare(value);
        }
        return atInName
                ? unclear(several() ? Author.Reason.SEVERAL : Author.Reason.ADDRESS_IN_NAME)
                : named(name.toString().strip());
    }

    private Author bare(String addrSpec) {
        Author.Reason reason = reasonAgainstAddress(addrSpec);
        return reason == null ? author("", addrSpec) : unclear(reason);
    }

    private Author named(String name) {
        int close = value.indexOf('>', at);
        if (close < 0) {
            return unclear(Author.Reason.OPEN_ANGLE);
        }
        if (close + 1 < value.length()) {
            return unclear(several() ? Author.Reason.SEVERAL : Author.Reason.OPEN_ANGLE);
        }
        String addrSpec = value.substring(at + 1, close);
        Author.Reason reason = reasonAgainstAddress(addrSpec);
        if (reason == null) {
            reason = reasonAgainstName(name, addrSpec);
        }
        return reason == null ? author(DecodeWords.in(name), addrSpec) : unclear(reason);
    }

    /**
     * Whether an encoded word has begun that a lenient reader goes on with (RFC 2047 5, rule 3).
     */
    private static boolean isInWord(CharSequence name) {
        String read = name.toString();
        int start = read.lastIndexOf("=?");
        return start > read.lastIndexOf("?=");
    }

    /** Whether something goes on behind the first address in angle brackets. */
    private boolean several() {
        int close = value.indexOf('>', at);
        return close > 0 && (value.indexOf(',', close) > 0 || value.indexOf('<', close) > 0);
    }

    /** Unquoted, in a name. */
    private static Author.@Nullable Reason reasonAgainst(char c) {
        return switch (c) {
            case ',' -> Author.Reason.SEVERAL;
            case ':', ';' -> Author.Reason.GROUP;
            case '(', ')' -> Author.Reason.COMMENT;
            case '>' -> Author.Reason.OPEN_ANGLE;
            case '[', ']', '\\' -> Author.Reason.SPECIAL_IN_NAME;
            default -> null;
        };
    }

    private static Author.@Nullable Reason reasonAgainstAddress(String addrSpec) {
        if (addrSpec.startsWith("@") || addrSpec.indexOf(':') >= 0) {
            return Author.Reason.ROUTE;
        }
        if (addrSpec.indexOf('"') >= 0) {
            return Author.Reason.QUOTED_LOCAL_PART;
        }
        if (addrSpec.indexOf(' ') >= 0) {
            return Author.Reason.BLANK_IN_ADDRESS;
        }
        return EncodedWords.looksEncoded(addrSpec) ? Author.Reason.BROKEN_WORD : null;
    }

    private static Author.@Nullable Reason reasonAgainstName(String name, String addrSpec) {
        String decoded = DecodeWords.in(name).strip();
        if (EncodedWords.looksEncoded(decoded)) {
            return Author.Reason.BROKEN_WORD;
        }
        boolean encoded = EncodedWords.looksEncoded(name);
        boolean isAddress = !encoded && decoded.equalsIgnoreCase(addrSpec);
        if (!isAddress && DisplayName.holdsAnotherAddress(decoded, encoded)) {
            return Author.Reason.ADDRESS_IN_NAME;
        }
        return encoded && opens(decoded) ? Author.Reason.OPEN_COMMENT_IN_NAME : null;
    }

    /** Whether what follows it would be part of a quoted string or a comment. */
    private static boolean opens(String name) {
        int depth = 0;
        boolean inQuotes = false;
        for (int i = 0; i < name.length(); i++) {
            switch (name.charAt(i)) {
                case '\\' -> i++;
                case '"' -> inQuotes ^= depth == 0;
                case '(' -> depth += inQuotes ? 0 : 1;
                case ')' -> depth -= inQuotes ? 0 : 1;
                default -> {}
            }
            if (depth < 0) {
                return true;
            }
        }
        return depth > 0 || inQuotes || name.endsWith("\\");
    }

    private static Author author(String name, String addrSpec) {
        return switch (ParseAddress.join(name, addrSpec)) {
            case Address address -> new Author.Clear(address);
            case MalformedAddress malformed -> new Author.Malformed(malformed.reason());
        };
    }

    private static Author unclear(Author.Reason reason) {
        return new Author.Unclear(reason);
    }
}
