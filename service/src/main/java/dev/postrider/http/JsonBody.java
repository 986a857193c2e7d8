package dev.postrider.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a request body as one JSON object (RFC 8259): UTF-8, no name twice, nothing behind it, no
 * larger than asked for.
 */
public final class JsonBody {
    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                                    .streamReadConstraints(
                                            JsonLimits.constraints(Integer.MAX_VALUE)
                                                    .rebuild()
                                                    .maxTokenCount(JsonLimits.MAX_VALUES)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What some programs begin UTF-8 with (RFC 8259, 8.1 lets readers pass over it). */
    private static final String MARK = "\ufeff";

    private JsonBody() {}

    /** What the body turned out to be. */
    sealed interface Read {
        record Json(ObjectNode object) implements Read {}

        record Rejected(Problem problem) implements Read {}
    }

    /** What an operation answers to an object. */
    public interface Answer<E extends Exception> {
        Response to(Fields fields) throws E;
    }

    /** Answers a body that is an object, or says what is wrong with it. */
    public static <E extends Exception> Response answer(
            InputStream body, int maxBytes, Answer<E> answer) throws IOException, E {
        return switch (read(body, maxBytes)) {
            case Read.Json(var object) -> answer.to(new Fields(object));
            case Read.Rejected(var problem) -> problem.response();
        };
    }

    /**
     * @param maxBytes the largest body that is read, in bytes
     * @throws IOException when the client breaks off
     */
    static Read read(InputStream body, int maxBytes) throws IOException {
        var bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            return new Read.Rejected(
                    Problem.of(
                            ProblemCode.BODY_TOO_LARGE,
                            "The body is larger than " + maxBytes + " bytes, the maximum."));
        }
        if (bytes.length == 0) {
            return rejected("The body is empty: send a JSON object.");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return rejected("The body is not UTF-8, as JSON must be.");
        }
        try {
            return JSON.readTree(text.startsWith(MARK) ? text.substring(1) : text)
                            instanceof ObjectNode object
                    ? new Read.Json(object)
                    : rejected("The body is JSON, but not an object.");
        } catch (StreamConstraintsException e) {
            return rejected(JsonLimits.exceeded() + place(e) + ".");
        } catch (JsonProcessingException e) {
            return rejected("The body is not valid JSON" + place(e) + ", or repeats a name.");
        }
    }

    /** Where in the text; empty when nobody knows. */
    public static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static Read rejected(String detail) {
        return new Read.Rejected(Problem.of(ProblemCode.MALFORMED_BODY, detail));
    }
}
