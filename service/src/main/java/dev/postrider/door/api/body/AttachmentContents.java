package dev.postrider.door.api.body;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variant.PaddingReadBehaviour;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.postrider.mime.encoding.Source;
import dev.postrider.spool.Octets;
import dev.postrider.spool.OpenFiles;
import dev.postrider.spool.Spool;
import dev.postrider.spool.TextBudget;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what files hold from where they stand in a body, into the spool: decoded once, however
 * large, without being held as a whole. For one request.
 *
 * @param files gets what is read, to be closed with the request
 */
public record AttachmentContents(
        Spool spool, UUID workspace, int maxOctets, TextBudget texts, OpenFiles files) {
    private static final Base64Variant STANDARD =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);
    private static final Base64Variant URL_SAFE =
            new Base64Variant(
                            "URL-safe, with padding or without",
                            DetectBase64.LETTERS_AND_DIGITS + "-_",
                            true,
                            '=',
                            Integer.MAX_VALUE)
                    .withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);

    /** What a file's content turned out to be, or why there is none. */
    public sealed interface Content {
        record Known(Source octets) implements Content {}

        /**
         * @param reason for the caller: what to do
         */
        record Flawed(String reason) implements Content {}
    }

    /**
     * Reads a string.
     *
     * @param quote where in the body its quotation mark is
     * @param encoding {@code base64} or {@code text}; null when the caller says neither
     */
    Content string(Octets body, long quote, @Nullable String encoding, JsonFactory json)
            throws IOException {
        if (encoding != null && encoding.equals("text")) {
            return text(body, quote, json);
        }
        DetectBase64.Found found;
        try (var in = new BufferedInputStream(body.openAt(quote + 1), 16 * 1_024)) {
            found = DetectBase64.of(in, encoding != null);
        }
        return switch (found.kind()) {
            case BASE64 -> base64(body, quote, found, json);
            case TEXT -> text(body, quote, json);
            case DOUBTFUL ->
                    new Content.Flawed(
                            "might be base64 or the text itself: say which with \"encoding\":"
                                    + " \"base64\" or \"encoding\": \"text\" beside it");
            case UNSOUND -> new Content.Flawed("is not valid base64");
        };
    }

    private Content base64(Octets body, long quote, DetectBase64.Found found, JsonFactory json)
            throws IOException {
        try (var out = spool.write(workspace, maxOctets);
                var in = string(body, quote + 1 + found.skip(), found.isBroken());
                var parser = json.createParser(in)) {
            parser.nextToken();
            parser.readBinaryValue(found.isUrlSafe() ? URL_SAFE : STANDARD, out);
            return known(out);
        } catch (Spool.TooLarge _) {
            return tooLarge();
        } catch (JsonProcessingException _) {
            return new Content.Flawed("is not valid base64");
        }
    }

    /** As if the string began here. */
    private static InputStream string(Octets body, long from, boolean isBroken) {
        var rest = body.openAt(from);
        return new SequenceInputStream(
                new ByteArrayInputStream(new byte[] {'"'}),
                isBroken ? new WithoutBlanks(new BufferedInputStream(rest, 16 * 1_024)) : rest);
    }

    private Content text(Octets body, long quote, JsonFactory json) throws IOException {
        try (var in = body.openAt(quote);
                var parser = json.createParser(in)) {
            parser.nextToken();
            var text = parser.getText();
            texts.add(text.length());
            if (!LoneSurrogates.isText(text)) {
                return new Content.Flawed("must not contain half a surrogate pair");
            }
            return octets(text.getBytes(StandardCharsets.UTF_8));
        } catch (StreamConstraintsException _) {
            return tooLarge();
        }
    }

    private Content octets(byte[] octets) throws IOException {
        try (var out = spool.write(workspace, maxOctets)) {
            out.write(octets);
            return known(out);
        } catch (Spool.TooLarge _) {
            return tooLarge();
        }
    }

    /** Takes what was written for good. */
    Content known(Spool.Writer out) {
        var octets = out.octets();
        files.add(octets);
        return new Content.Known(octets);
    }

    Content tooLarge() {
        return new Content.Flawed("is larger than " + maxOctets + " octets");
    }
}
