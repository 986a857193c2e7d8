package dev.postrider.http;

import java.net.URI;
import java.util.Optional;

/**
 * Where clients reach this program (POSTRIDER_PUBLIC_URL).
 *
 * @param url empty: where each request went
 */
public record PublicUrl(Optional<URI> url) {
    /** The base of URLs in an answer, without a slash at its end. */
    public String or(URI asked) {
        return url.orElse(asked).toString().replaceFirst("/+$", "");
    }
}
