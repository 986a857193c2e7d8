package dev.postrider.door.console.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The API, as a browser's user may call it. Paths begin with a slash and are encoded. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CallApi calls;
    private final OnBehalf of;
    private final Map<String, Future<CallApi.Raw>> asked;

    Api(CallApi calls, OnBehalf of) {
        this(calls, of, Map.of());
    }

    private Api(CallApi calls, OnBehalf of, Map<String, Future<CallApi.Raw>> asked) {
        this.calls = calls;
        this.of = of;
        this.asked = asked;
    }

    /** The same, which asks for all these at once; what is read of them has been on its way. */
    public Api asking(List<String> paths) {
        return new Api(
                calls,
                of,
                paths.stream()
                        .collect(Collectors.toMap(path -> path, path -> calls.ask(of, path))));
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
     * The same as octets, as they come: messages and files may be large. Whoever gets it closes it,
     * or hands it on as an answer.
     *
     * @throws ApiRefusal when they can't be had
     */
    public InputStream stream(String path) {
        return calls.stream(of, path);
    }

    /**
     * The beginning of it.
     *
     * @param most octets that are read
     * @throws ApiRefusal when it can't be had
     */
    public byte[] beginning(String path, int most) {
        try (var stream = stream(path)) {
            return stream.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApiAnswer get(String path) {
        var underWay = asked.get(path);
        return underWay == null
                ? calls.call(of, "GET", path, Optional.empty())
                : CallApi.answer(underWay);
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
