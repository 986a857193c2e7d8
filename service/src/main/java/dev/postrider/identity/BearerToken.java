package dev.postrider.identity;

import java.util.List;
import java.util.regex.Pattern;

/** What a request's Authorization header says (RFC 6750, 2.1). */
sealed interface BearerToken {
    /** The scheme in any case (RFC 9110, 11.1), then a b64token. */
    Pattern SYNTAX = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*) *");

    /** No header, or one for another scheme, which says nothing about a bearer token. */
    record Absent() implements BearerToken {}

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
        if (!header.matches("(?i)bearer( .*)?")) {
            return new Absent();
        }
        var bearer = SYNTAX.matcher(header);
        return bearer.matches()
                ? new Given(bearer.group(1))
                : new Malformed("The Authorization header is not 'Bearer', a space and a token.");
    }
}
