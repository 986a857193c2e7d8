package dev.postrider.testkit.provider.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked. A script of faults sees it before its body was read.
 *
 * @param path decoded, without the query
 * @param segments what the placeholders of the endpoint's path stand for
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record Request(
        String method,
        String path,
        Map<String, String> segments,
        Form query,
        Map<String, List<String>> headers,
        byte[] body) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Without parameters, in lower case. */
    public String contentType() {
        return header("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** A client's {@code client_id} and {@code client_secret} (RFC 6749 section 2.3.1). */
    public Optional<Form> basicClient() {
        return header("authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> Base64.getMimeDecoder().decode(value.substring(6)))
                .map(pair -> new String(pair, StandardCharsets.UTF_8).split(":", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> Form.parse("client_id=" + pair[0] + "&client_secret=" + pair[1]));
    }

    /** Of a path's placeholder. */
    public String segment(String name) {
        return segments.getOrDefault(name, "");
    }

    public Form form() {
        return contentType().equals("application/x-www-form-urlencoded")
                ? Form.parse(text())
                : Form.EMPTY;
    }

    public Optional<ObjectNode> json() {
        return Json.parse(body);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** As the client addressed it, which may be by a link before this server. */
    public String host() {
        return header("host").orElse("127.0.0.1");
    }

    Request withSegments(Map<String, String> other) {
        return new Request(method, path, other, query, headers, body);
    }

    Request withBody(byte[] octets) {
        return new Request(method, path, segments, query, headers, octets);
    }

    /** As if it had come with these headers: a part of another request. */
    public Request as(String contentType, byte[] octets) {
        var changed = new HashMap<>(headers);
        changed.put("content-type", List.of(contentType));
        return new Request(method, path, segments, query, changed, octets);
    }
}
