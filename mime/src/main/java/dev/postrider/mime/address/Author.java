package dev.postrider.mime.address;

/** Whom a field names as a message's author: one address, or why readers may differ about it. */
public sealed interface Author {
    /** The one address that every reader finds. */
    record Clear(Address address) implements Author {}

    /** Why two readers may find different addresses, or none. */
    record Unclear(Reason reason) implements Author {}

    /** An address that is none, or that couldn't be sent from. */
    record Malformed(String reason) implements Author {}

    /** Each with what to do about it. */
    enum Reason {
        SEVERAL("names several addresses; name one"),
        GROUP("is a group; write the address alone"),
        COMMENT("has a comment in parentheses; put the name in quotes"),
        ROUTE("has a route of servers before the address; leave it out"),
        QUOTED_LOCAL_PART("has quotes before the @; send it with POST /emails"),
        BLANK_IN_ADDRESS("has a blank within the address; remove it"),
        SPECIAL_IN_NAME("has a name with brackets or a backslash; put the name in quotes"),
        OPEN_QUOTE("has a quote that isn't closed"),
        OPEN_ANGLE("has an angle bracket too many or too few; write Name <address>"),
        ADDRESS_IN_NAME("has a name that holds an @ or angle brackets, as if it were the address"),
        OPEN_COMMENT_IN_NAME("has an encoded name with a quote or an open parenthesis in it"),
        SPECIAL_IN_WORD(
                "has an encoded word that holds a comma, colon or bracket as it is; encode it"),
        BROKEN_WORD("has an encoded word that can't be decoded");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The rest of the sentence "This field …". */
        public String words() {
            return words;
        }
    }
}
