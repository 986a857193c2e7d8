package dev.postrider.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the value of an address field apart (RFC 5322 section 3.4): at commas outside quotes, with
 * comments left out and groups replaced by their members.
 */
final class AddressList {
    private final String value;
    private final List<String> addresses = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private boolean inAngles;

    private AddressList(String value) {
        this.value = value;
    }

    /** The addresses' texts, for {@link Address#parse}. */
    static List<String> split(String value) {
        return new AddressList(value.replace('\t', ' ')).split();
    }

    private List<String> split() {
        int at = 0;
        while (at < value.length()) {
            at = step(at);
        }
        finish();
        return addresses;
    }

    private int step(int at) {
        EncodedWord word = EncodedWord.at(value, at);
        if (word != null) {
            current.append(value, at, word.end());
            return word.end();
        }
        char c = value.charAt(at);
        switch (c) {
            case '"' -> {
                int length = QuotedString.endOf(value.substring(at));
                int end = length < 0 ? value.length() : at + length;
                current.append(value, at, end);
                return end;
            }
            case '(' -> {
                return afterComment(at);
            }
            case ',', ';' -> finish();
            case ':' -> beginGroup();
            default -> {
                inAngles = c == '<' || (inAngles && c != '>');
                current.append(c);
            }
        }
        return at + 1;
    }

    /**
     * A colon ends a group's name, except in the route of an obsolete address, which is refused.
     */
    private void beginGroup() {
        if (inAngles) {
            current.append(':');
        } else {
            current.setLength(0);
        }
    }

    private int afterComment(int open) {
        int depth = 0;
        for (int i = open; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return value.length();
    }

    private void finish() {
        String address = current.toString().strip();
        if (!address.isEmpty()) {
            addresses.add(address);
        }
        current.setLength(0);
        inAngles = false;
    }
}
