package dev.postrider.door.api.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.body.AttachmentContents.Content;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.http.JsonBody;
import dev.postrider.http.JsonLimits;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.spool.Octets;
import dev.postrider.spool.Spool;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a body that describes emails. What attachments hold, in whichever of the forms that SDKs
 * send, goes to the spool and stands in the tree as {@link AttachmentContents.Content}.
 */
public final class EmailBody {
    private static final String DATA = "data:";
    private static final int OCTETS_AT_ONCE = 8 * 1_024;
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Octets body;
    private final int start;
    private final JsonParser parser;
    private final AttachmentContents contents;
    private final BoundedTree tree;
    private final JsonFactory longTexts;

    private EmailBody(Octets body, int start, JsonParser parser, AttachmentContents contents) {
        this.body = body;
        this.start = start;
        this.parser = parser;
        this.contents = contents;
        this.tree = new BoundedTree(parser, contents.texts());
        // a raw message, or a file, may be text as long as it might be otherwise
        this.longTexts = JsonLimits.factory(contents.maxOctets());
    }

    /**
     * Builds a factory for each request: a parser that knows its place in octets keeps a table of
     * names, which other requests would fill.
     */
    private static final TSFBuilder<?, ?> JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(JsonLimits.constraints(EmailLimits.TEXT));

    /** What a body turned out to be. */
    public sealed interface Read {
        /**
         * Needed while the body is.
         *
         * @param tree holds the attachments as sources
         */
        record Json(JsonNode tree) implements Read {}

        record Rejected(Problem problem) implements Read {}
    }

    /**
     * Reads one JSON text in UTF-8 with nothing behind it.
     *
     * @param body to be closed when this returns
     */
    public static Read read(Octets body, AttachmentContents contents) throws IOException {
        var beginning = beginning(body);
        if (beginning.length == 0) {
            return rejected("The body is empty: send JSON.");
        }
        var start = Arrays.equals(beginning, UTF8_MARK) ? UTF8_MARK.length : 0;
        if (start == 0 && !isUtf8(beginning)) {
            return rejected("The body is not UTF-8, as JSON must be.");
        }
        try (var in = body.openAt(start);
                var parser = JSON.build().createParser(in)) {
            return new EmailBody(body, start, parser, contents).read();
        } catch (CharConversionException _) {
            return rejected("The body is not UTF-8, as JSON must be.");
        } catch (JsonProcessingException e) {
            return rejected(
                    "The body is not valid JSON" + JsonBody.place(e) + ", or repeats a name.");
        }
    }

    private Read read() throws IOException {
        try {
            parser.nextToken();
            var json = value();
            return parser.nextToken() == null
                    ? new Read.Json(json)
                    : rejected("The body continues after its JSON.");
        } catch (BoundedTree.TooMany e) {
            return new Read.Rejected(e.problem());
        } catch (StreamConstraintsException e) {
            return tree.readsText()
                    ? new Read.Rejected(
                            Problem.invalid(
                                    tree.path(),
                                    "is longer than " + EmailLimits.TEXT + " characters"))
                    : rejected(JsonLimits.exceeded() + JsonBody.place(e) + ".");
        }
    }

    private static byte[] beginning(Octets body) throws IOException {
        try (var in = body.open()) {
            return in.readNBytes(UTF8_MARK.length);
        }
    }

    /** The parser would read UTF-16 and UTF-32 too, and count its places otherwise. */
    private static boolean isUtf8(byte[] beginning) {
        for (var octet : beginning) {
            if (octet == 0 || octet == (byte) 0xfe || octet == (byte) 0xff) {
                return false;
            }
        }
        return true;
    }

    private static Read rejected(String detail) {
        return new Read.Rejected(Problem.of(ProblemCode.MALFORMED_BODY, detail));
    }

    private JsonNode value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> email();
            case START_ARRAY ->
                    tree.list(
                            EmailLimits.BATCH,
                            (_, token) -> token == JsonToken.START_OBJECT ? email() : tree.value());
            case null -> throw MismatchedInputException.from(parser, ObjectNode.class, "no value");
            default -> tree.value();
        };
    }

    private ObjectNode email() throws IOException {
        var quote = new long[] {-1};
        var email =
                tree.object((name, token) ->
                        switch (name) {
                            case "attachments" ->
                                    token == JsonToken.START_ARRAY
                                            ? tree.list(EmailLimits.ATTACHMENTS, this::attachment)
                                            : tree.value();
                            case "raw" -> content(token, quote);
                            case String _ -> tree.value();
                        });
        if (quote[0] >= 0) {
            email.set("raw", node(contents.string(body, quote[0], null, longTexts)));
        }
        return email;
    }

    private JsonNode attachment(String name, JsonToken first) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            return tree.value();
        }
        var quote = new long[] {-1};
        var path = new long[] {-1};
        var attachment =
                tree.object((field, token) ->
                        switch (field) {
                            case "content" -> content(token, quote);
                            case "path" -> isDataUrl(token) ? content(token, path) : tree.value();
                            case String _ -> tree.value();
                        });
        if (quote[0] >= 0) {
            var encoding = attachment.path("encoding").textValue();
            attachment.set("content", node(contents.string(body, quote[0], encoding, longTexts)));
        }
        if (path[0] >= 0) {
            attachment.set("path", node(contents.string(body, path[0], "base64", longTexts)));
        }
        return attachment;
    }

    /** Looked at where it stands: it may be as long as any content. */
    private boolean isDataUrl(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return false;
        }
        try (var in = body.openAt(place() + 1)) {
            return new String(in.readNBytes(DATA.length()), StandardCharsets.ISO_8859_1)
                    .equalsIgnoreCase(DATA);
        }
    }

    /**
     * What a file holds.
     *
     * @param quote is set to the place of a string: it is read at the end of its object, when it is
     *     known to be well-formed, and what stands behind it says how it is written
     */
    private JsonNode content(JsonToken token, long[] quote) throws IOException {
        return switch (token) {
            case START_ARRAY -> octets();
            case START_OBJECT -> buffer();
            case VALUE_STRING -> {
                quote[0] = place();
                yield JsonNodeFactory.instance.missingNode();
            }
            default -> tree.value();
        };
    }

    private long place() {
        return start + parser.currentTokenLocation().getByteOffset();
    }

    /** What Node makes of a Buffer: {@code {"type":"Buffer","data":[...]}}. */
    private JsonNode buffer() throws IOException {
        var object =
                tree.object((name, token) ->
                        name.equals("data") && token == JsonToken.START_ARRAY
                                ? octets()
                                : tree.value());
        var data = object.get("data");
        return data != null && data.isPojo() ? data : object;
    }

    /** A list of octets, of which each costs one, whatever its digits. */
    private JsonNode octets() throws IOException {
        try (var out = contents.spool().write(contents.workspace(), contents.maxOctets())) {
            var piece = new byte[OCTETS_AT_ONCE];
            var count = 0;
            var areOctets = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                    areOctets = false;
                    parser.skipChildren();
                    tree.count();
                    continue;
                }
                var octet = parser.getLongValue();
                areOctets &= octet >= Byte.MIN_VALUE && octet <= 255;
                piece[count++] = (byte) octet;
                if (count == piece.length) {
                    out.write(piece, 0, count);
                    count = 0;
                }
            }
            out.write(piece, 0, count);
            return node(
                    areOctets
                            ? contents.known(out)
                            : new Content.Flawed("must be a list of octets, numbers up to 255"));
        } catch (Spool.TooLarge _) {
            skipRest();
            return node(contents.tooLarge());
        }
    }

    private void skipRest() throws IOException {
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            parser.nextToken();
            parser.skipChildren();
        }
    }

    private static JsonNode node(Content content) {
        return JsonNodeFactory.instance.pojoNode(content);
    }
}
