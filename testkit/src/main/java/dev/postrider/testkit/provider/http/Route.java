package dev.postrider.testkit.provider.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An endpoint and what answers there. */
public record Route(Endpoint endpoint, Handler handler) {

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
        String[] template = endpoint.path().split("/", -1);
        String[] path = request.path().split("/", -1);
        if (template.length != path.length) {
            return Optional.empty();
        }
        var segments = new HashMap<String, String>();
        for (int i = 0; i < path.length; i++) {
            if (template[i].startsWith("{") && !path[i].isEmpty()) {
                segments.put(template[i].substring(1, template[i].length() - 1), path[i]);
            } else if (!template[i].equals(path[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}
