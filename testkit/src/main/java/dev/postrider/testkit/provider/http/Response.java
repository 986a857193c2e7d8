package dev.postrider.testkit.provider.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What is answered. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record Response(int status, Map<String, String> headers, byte[] body) {
    private static final String CONTENT_TYPE = "Content-Type";

    public Response {
        headers = new LinkedHashMap<>(headers);
    }

    public static Response json(int status, ObjectNode body) {
        return new Response(
                status, Map.of(CONTENT_TYPE, "application/json; charset=UTF-8"), Json.octets(body));
    }

    public static Response html(int status, String page) {
        return new Response(
                status,
                Map.of(CONTENT_TYPE, "text/html; charset=UTF-8"),
                page.getBytes(StandardCharsets.UTF_8));
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    public static Response redirect(String location) {
        return empty(302).with("Location", location);
    }

    public Response with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    public Response as(String contentType) {
        return with(CONTENT_TYPE, contentType);
    }

    /** The same with its JSON changed; as it was when it has none. */
    public Response edit(Consumer<ObjectNode> change) {
        return Json.parse(body)
                .map(object -> {
                    change.accept(object);
                    return new Response(status, headers, Json.octets(object));
                })
                .orElse(this);
    }

    /** RFC 9112 section 4; the reason phrase is left out. */
    byte[] head() {
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (status != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
