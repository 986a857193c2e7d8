package dev.postrider.mime.address;

import dev.postrider.mime.header.EncodedWord;
import dev.postrider.mime.text.Comment;
import dev.postrider.mime.text.QuotedString;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a list of addresses apart (RFC 5322 section 3.4), comments left out and groups replaced by
 * their members. A comma or semicolon ends an address where one stands before it; elsewhere it
 * belongs to the name: {@code Doe, John <j@x>} is one, {@code a@x, John <j@x>} are two.
 */
public final class AddressList {
    private final CharSequence value;
    private final int max;
    private final List<ParsedAddress> addresses = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private boolean inAngles;
    private boolean isAddress;
    private boolean isBegun;

    private AddressList(CharSequence value, int max) {
        this.value = value;
        this.max = max;
    }

    /** The addresses, each or why it is none; of more than {@code max} the first and one more. */
    public static List<ParsedAddress> parse(CharSequence value, int max) {
        return new AddressList(value, max).parse();
    }

    private List<ParsedAddress> parse() {
        int at = 0;
        while (at < value.length() && addresses.size() <= max) {
            at = step(at);
        }
        finish();
        return addresses;
    }

    private int step(int at) {
        char c = value.charAt(at);
        switch (c) {
            case '"' -> {
                return keep(at, QuotedString.endOf(value, at));
            }
            case '(' -> {
                return behindComment(at);
            }
            case '=' -> {
                EncodedWord word = EncodedWord.at(value, at);
                return keep(at, word == null ? at + 1 : word.end());
            }
            case ',', ';' -> separate(c);
            case ':' -> beginGroup();
            default -> keep(c);
        }
        return at + 1;
    }

    private void keep(char c) {
        inAngles = c == '<' || (inAngles && c != '>');
        isAddress |= c == '@';
        isBegun |= c != ' ' && c != '\t';
        current.append(c == '\t' ? ' ' : c);
    }

    private int keep(int from, int end) {
        int to = end < 0 ? value.length() : end;
        current.append(value, from, to);
        isBegun = true;
        return to;
    }

    private void separate(char separator) {
        if (isAddress) {
            finish();
        } else if (isBegun) {
            current.append(separator);
        }
    }

    /**
     * A colon ends a group's name, except in the route of an obsolete address, which is refused.
     */
    private void beginGroup() {
        if (inAngles) {
            current.append(':');
        } else {
            begin();
        }
    }

    private int behindComment(int open) {
        int end = Comment.endOf(value, open);
        if (end < 0) {
            addresses.add(new MalformedAddress("A comment's closing parenthesis is missing."));
            return value.length();
        }
        return end;
    }

    private void finish() {
        String address = current.toString().strip();
        if (!address.isEmpty()) {
            addresses.add(ParseAddress.parse(address));
        }
        begin();
    }

    private void begin() {
        current.setLength(0);
        inAngles = false;
        isAddress = false;
        isBegun = false;
    }
}
