package dev.postrider.mime.compose;

import java.net.URI;
import java.util.List;

/**
 * How a recipient leaves a list: {@code List-Unsubscribe} (RFC 2369 section 3.2).
 *
 * @param uris where to, best first: {@code https} or {@code mailto}
 * @param oneClick whether a POST to the {@code https} URI unsubscribes at once, without a page (RFC
 *     8058); needs an {@code https} URI
 */
public record Unsubscribe(List<URI> uris, boolean oneClick) {
    public Unsubscribe {
        uris = List.copyOf(uris);
    }
}
