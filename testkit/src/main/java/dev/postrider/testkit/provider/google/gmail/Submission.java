package dev.postrider.testkit.provider.google.gmail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.provider.http.Json;
import java.util.Base64;
import java.util.Optional;

/** What a client wants sent: the message's octets, and the thread if it named one. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Submission(byte[] message, Optional<String> threadId) {

    /** From {@code {raw, threadId?}}; base64url with or without padding. Empty when it is none. */
    static Optional<Submission> ofJson(byte[] body) {
        return Json.parse(body)
                .flatMap(object -> {
                    var nested = object.path("message");
                    return of(nested.isObject() ? nested : object);
                });
    }

    private static Optional<Submission> of(JsonNode object) {
        String raw = object.path("raw").asText("");
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Submission(
                            Base64.getUrlDecoder().decode(raw),
                            Optional.of(object.path("threadId").asText(""))
                                    .filter(id -> !id.isEmpty())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
