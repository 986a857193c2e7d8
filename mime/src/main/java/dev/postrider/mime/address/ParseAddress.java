package dev.postrider.mime.address;

import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.text.ControlCharacters;
import dev.postrider.mime.text.QuotedString;

/**
 * Reads one address as people and programs write it. Stricter than RFC 5322: no comments, groups,
 * routes or folding, because what two readers read differently is how mail goes astray. Looser in
 * one point: before one {@code <address>} everything is its name, commas and quotes too, unless an
 * address stands before a comma.
 */
final class ParseAddress {
    /** Room for a name in the longest encoding: twelve characters for one. */
    private static final int MAX_LENGTH = 16 * Address.MAX_NAME_LENGTH;

    private ParseAddress() {}

    static ParsedAddress parse(String text) {
        int control = ControlCharacters.firstIn(text);
        if (control >= 0) {
            return malformed("The address has " + ControlCharacters.describe(text, control) + ".");
        }
        if (text.length() > MAX_LENGTH) {
            return malformed("The address is longer than " + MAX_LENGTH + " characters.");
        }
        String trimmed = text.strip();
        return trimmed.endsWith(">") ? named(trimmed) : join("", trimmed);
    }

    static ParsedAddress join(String displayName, String addrSpec) {
        int at = addrSpec.lastIndexOf('@');
        if (addrSpec.isEmpty()) {
            return malformed("The address is empty.");
        }
        if (at < 0) {
            return malformed("The address has no @.");
        }
        String name = displayName.strip();
        String localPart = addrSpec.substring(0, at);
        String domain = addrSpec.substring(at + 1);
        if (!localPart.startsWith("\"") && localPart.indexOf('@') >= 0) {
            return malformed("There are two @; write one address only.");
        }
        String flaw = Address.flawIn(name, localPart, domain);
        return flaw == null ? new Address(name, localPart, domain) : malformed(flaw);
    }

    private static ParsedAddress named(String text) {
        int quotedEnd = text.startsWith("\"") ? QuotedString.endOf(text, 0) : 0;
        if (quotedEnd < 0) {
            return malformed("The name's closing quote is missing.");
        }
        boolean quoted = quotedEnd > 0 && text.substring(quotedEnd).strip().startsWith("<");
        int open = text.indexOf('<', quoted ? quotedEnd : 0);
        if (open < 0) {
            return malformed("There is a > without a <.");
        }
        String name = text.substring(0, quoted ? quotedEnd : open);
        if (!quoted && namesSeveral(name)) {
            return malformed("Write one address only.");
        }
        return join(
                DecodeWords.soundIn(quoted ? QuotedString.unquote(name) : name),
                text.substring(open + 1, text.length() - 1).strip());
    }

    private static boolean namesSeveral(String name) {
        int separator = Math.max(name.lastIndexOf(','), name.lastIndexOf(';'));
        int at = name.indexOf('@');
        return at >= 0 && at < separator;
    }

    private static MalformedAddress malformed(String reason) {
        return new MalformedAddress(reason);
    }
}
