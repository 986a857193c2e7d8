package dev.postrider.testkit.provider.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint and what answers there.
 *
 * @param path the endpoint's, or another one for the same
 */
public record Route(Endpoint endpoint, String path, Handler handler) {
    public Route(Endpoint endpoint, Handler handler) {
        this(endpoint, endpoint.path(), handler);
    }

    /** Answers a request that has come whole. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request);
    }

    /** What the placeholders of the path stand for, if this is its route. */
    Optional<Map<String, String>> match(Request request) {
        if (!endpoint.method().equals(request.method())) {
            return Optional.empty();
        }
        String[] template = path.split("/", -1);
        String[] given = request.path().split("/", -1);
        if (template.length != given.length) {
            return Optional.empty();
        }
        var segments = new HashMap<String, String>();
        for (int i = 0; i < given.length; i++) {
            if (template[i].startsWith("{") && !given[i].isEmpty()) {
                segments.put(template[i].substring(1, template[i].length() - 1), given[i]);
            } else if (!template[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}
