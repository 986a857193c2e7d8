package dev.postrider.mime;

/**
 * Reads one address as people and programs write it. Stricter than RFC 5322: no comments, groups,
 * routes or folding, because what two readers read differently is how mail goes astray.
 */
final class ReadAddress {
    /** Room for a name in the longest encoding: twelve characters for one. */
    private static final int MAX_LENGTH = 16 * Address.MAX_NAME_LENGTH;

    private final boolean encoded;

    private ReadAddress(boolean encoded) {
        this.encoded = encoded;
    }

    /** Reads an address as a person writes it. */
    static ParsedAddress read(String text) {
        return new ReadAddress(false).parse(text);
    }

    /** Reads one of a header's addresses, taken apart already; its name may be encoded. */
    static ParsedAddress readEncoded(String text) {
        return new ReadAddress(true).parse(text);
    }

    private ParsedAddress parse(String text) {
        int control = Controls.firstIn(text);
        if (control >= 0) {
            return malformed("The address has " + Controls.describe(text, control) + ".");
        }
        if (text.length() > MAX_LENGTH) {
            return malformed("The address is longer than " + MAX_LENGTH + " characters.");
        }
        String trimmed = text.strip();
        return trimmed.endsWith(">") ? readNamed(trimmed) : join("", trimmed);
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
        String flaw = AddressFlaw.in(name, localPart, domain);
        return flaw == null ? new Address(name, localPart, domain) : malformed(flaw);
    }

    private ParsedAddress readNamed(String text) {
        boolean quoted = text.startsWith("\"");
        int nameEnd = quoted ? QuotedString.endOf(text) : text.indexOf('<');
        if (nameEnd < 0) {
            return malformed(
                    quoted ? "The name's closing quote is missing." : "There is a > without a <.");
        }
        String name = text.substring(0, nameEnd);
        String rest = text.substring(nameEnd).strip();
        if (!rest.startsWith("<")) {
            return malformed("After the quoted name there must be the address in < and >.");
        }
        String addrSpec = rest.substring(1, rest.length() - 1).strip();
        if (quoted) {
            return join(QuotedString.unquote(name), addrSpec);
        }
        if (encoded) {
            return join(DecodeWords.in(name), addrSpec);
        }
        return name.chars().anyMatch(c -> ",;\"\\".indexOf(c) >= 0)
                ? malformed(
                        "Write one address only, and a name with a comma, semicolon, quote or"
                                + " backslash in double quotes.")
                : join(name, addrSpec);
    }

    private static MalformedAddress malformed(String reason) {
        return new MalformedAddress(reason);
    }
}
