package dev.postrider.door.console.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The API, as a browser's user may call it. Paths begin with a slash and are encoded. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CallApi calls;
    private final OnBehalf of;

    Api(CallApi calls, OnBehalf of) {
        this.calls = calls;
        this.of = of;
    }

    /**
     * What stands at a path.
     *
     * @throws ApiRefusal when it can't be had: the page is about it
     */
    public JsonNode read(String path) {
        return switch (get(path)) {
            case ApiAnswer.Done(_, var json) -> json;
            case ApiAnswer.Refused refused -> throw new ApiRefusal(refused);
        };
    }

    /**
     * The same as octets, for messages and files.
     *
     * @param most that are read; longer ones are a refusal with the code {@code too_large}
     * @throws ApiRefusal when they can't be had
     */
    public byte[] octets(String path, int most) {
        return calls.octets(of, path, most);
    }

    public ApiAnswer get(String path) {
        return calls.call(of, "GET", path, Optional.empty());
    }

    public ApiAnswer post(String path, JsonNode body) {
        return calls.call(of, "POST", path, Optional.of(body));
    }

    /** Without a body. */
    public ApiAnswer post(String path) {
        return calls.call(of, "POST", path, Optional.empty());
    }

    public ApiAnswer patch(String path, JsonNode body) {
        return calls.call(of, "PATCH", path, Optional.of(body));
    }

    public ApiAnswer delete(String path) {
        return calls.call(of, "DELETE", path, Optional.empty());
    }

    /** An object to fill. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
