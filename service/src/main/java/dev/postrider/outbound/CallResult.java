package dev.postrider.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a call.
 *
 * @param <T> what its sink made of the body
 */
public sealed interface CallResult<T> {

    /**
     * The server answered, whatever its status.
     *
     * @param headers by names in lower case; of several with one name, the last
     */
    record Answered<T>(int status, Map<String, String> headers, T body) implements CallResult<T> {
        public Answered {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * There is no answer that could be used.
     *
     * @param reason what is wrong, to be read behind "it" or a URL: "answers nothing", without
     *     addresses and without what the server said, which may be nobody's business
     */
    record Failed<T>(Why why, String reason) implements CallResult<T> {}

    /** The kinds of failure. */
    enum Why {
        /** It may not be called. */
        REFUSED,
        /** Its name leads nowhere, just now. */
        UNRESOLVED,
        /** No connection, or it broke. */
        CONNECTION,
        TLS,
        /** The time is over, or the body came too slowly. */
        TIMEOUT,
        TOO_LARGE,
        REDIRECT,
        /** What came is no HTTP, or is encoded in a way that isn't known. */
        PROTOCOL
    }
}
