package dev.postrider.identity.http;

import java.util.List;

/** What a request's Authorization header says (RFC 6750, 2.1). */
sealed interface BearerToken {
    /** In any case (RFC 9110, 11.1). */
    String SCHEME = "bearer";

    /** No header, or one for another scheme, which says nothing about a bearer token. */
    record Absent() implements BearerToken {}

    /** The scheme and nothing behind it: what a program sends whose token is not set. */
    record Empty() implements BearerToken {}

    /**
     * A header that can't be read.
     *
     * @param reason a sentence for its sender
     */
    record Malformed(String reason) implements BearerToken {}

    record Given(String token) implements BearerToken {
        @Override
        public String toString() {
            return "(bearer token)";
        }
    }

    static BearerToken in(List<String> authorizationHeaders) {
        if (authorizationHeaders.size() > 1) {
            return new Malformed("There is more than one Authorization header.");
        }
        if (authorizationHeaders.isEmpty()) {
            return new Absent();
        }
        var header = authorizationHeaders.getFirst().strip();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || (header.length() > SCHEME.length() && header.charAt(SCHEME.length()) != ' ')) {
            return new Absent();
        }
        var token = header.substring(SCHEME.length()).strip();
        if (token.isEmpty()) {
            return new Empty();
        }
        return isToken(token)
                ? new Given(token)
                : new Malformed("The Authorization header is not 'Bearer', a space and a token.");
    }

    /** A b64token; looked at with each request, so by hand. */
    private static boolean isToken(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (var i = 0; i < end; i++) {
            var c = text.charAt(i);
            var isPlain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isPlain && "._~+/-".indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }
}
