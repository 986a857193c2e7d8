package dev.postrider.bench.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The octets of requests. */
public final class Requests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Requests() {}

    /** A POST of JSON with a token, ready to be written. */
    public static byte[] post(String path, String token, Map<String, ?> body)
            throws JsonProcessingException {
        var json = JSON.writeValueAsString(body);
        return ("POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.getBytes(UTF_8).length
                        + "\r\n\r\n"
                        + json)
                .getBytes(UTF_8);
    }
}
