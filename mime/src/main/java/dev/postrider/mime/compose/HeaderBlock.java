package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.DisplayName;
import dev.postrider.mime.address.ParsedAddress;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.header.FoldedField;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.text.Ascii;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes header fields of each kind that a message has. */
public final class HeaderBlock {
    /** RFC 5322 section 3.3, without the comment that names the zone. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.US);

    /** Longer words leave no room within the 998 octets of a line. */
    static final int MAX_WORD = 900;

    /** Longer quoted names are encoded, because a quoted string can't be folded safely. */
    private static final int MAX_QUOTED_NAME = 60;

    private final StringBuilder out;

    public HeaderBlock(StringBuilder out) {
        this.out = out;
    }

    public void date(ZonedDateTime date) {
        verbatim("Date", DATE.format(date));
    }

    /** A field that needs no folding. */
    public void verbatim(String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    /** Text for people, which comes back character by character. */
    void text(String name, String text) {
        FoldedField field = new FoldedField(out, name);
        if (isPlain(text)) {
            field.words(text);
        } else {
            EncodedWords.write(field, text);
        }
        field.end();
    }

    /**
     * A caller's own field: ASCII stays as it is, encoded words too; beside other text those are
     * encoded anew with it.
     */
    void custom(HeaderField header) {
        switch (FieldForm.of(header)) {
            case ADDRESSES -> {
                List<Address> addresses = addressesIn(header.value());
                if (addresses.isEmpty()) {
                    words(header);
                } else {
                    addresses(header.name(), addresses);
                }
            }
            case URIS -> tokens(header.name(), UriList.words(header.value()));
            case LIST_ID -> listId(header);
            case TEXT -> words(header);
        }
    }

    /** The addresses of a caller's own field; none if one of them is none. */
    static List<Address> addressesIn(String value) {
        List<ParsedAddress> parsed = Address.parseList(value, Integer.MAX_VALUE);
        return parsed.stream().allMatch(Address.class::isInstance)
                ? parsed.stream().map(Address.class::cast).toList()
                : List.of();
    }

    private void listId(HeaderField header) {
        String value = header.value().strip();
        int id = value.lastIndexOf('<');
        String name = value.substring(0, Math.max(0, id)).strip();
        if (Ascii.isPrintable(value) || name.isEmpty()) {
            words(header);
            return;
        }
        FoldedField field = new FoldedField(out, header.name());
        EncodedWords.write(field, DecodeWords.soundIn(name));
        field.word(value.substring(id));
        field.end();
    }

    private void words(HeaderField header) {
        String value = header.value().strip();
        if (!Ascii.isPrintable(value)) {
            text(header.name(), DecodeWords.soundIn(value));
            return;
        }
        FoldedField field = new FoldedField(out, header.name());
        field.words(value);
        field.end();
    }

    void addresses(String name, List<Address> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        FoldedField field = new FoldedField(out, name);
        Address last = addresses.getLast();
        for (int i = 0; i < addresses.size() - 1; i++) {
            address(field, addresses.get(i), ",");
        }
        address(field, last, "");
        field.end();
    }

    /** Words that must not be broken: Message-IDs, URIs in angle brackets. */
    void tokens(String name, List<String> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        FoldedField field = new FoldedField(out, name);
        tokens.forEach(field::word);
        field.end();
    }

    private static void address(FoldedField field, Address address, String separator) {
        String name = address.displayName();
        if (name.isEmpty()) {
            field.word(address.addrSpec() + separator);
            return;
        }
        if (!Ascii.isPrintable(name)
                || EncodedWords.looksEncoded(name)
                || name.length() > MAX_QUOTED_NAME) {
            EncodedWords.write(field, name);
        } else {
            field.word(DisplayName.quoted(name));
        }
        field.word("<" + address.addrSpec() + ">" + separator);
    }

    private static boolean isPlain(String text) {
        return Ascii.isPrintable(text)
                && text.equals(text.strip())
                && !EncodedWords.looksEncoded(text)
                && longestWord(text) <= MAX_WORD;
    }

    /** The longest stretch without a place to fold: a word with the spaces before it. */
    static int longestWord(String text) {
        int longest = 0;
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            boolean end =
                    i == text.length() || (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ');
            if (end) {
                longest = Math.max(longest, i - start);
                start = i;
            }
        }
        return longest;
    }
}
