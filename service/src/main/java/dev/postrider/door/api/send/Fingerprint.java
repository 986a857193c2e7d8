package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.postrider.door.api.body.AttachmentContents.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeMap;

/**
 * The SHA-256 of what a request says: the order of its names, its spaces and the way in which its
 * attachments are written make no difference.
 */
public final class Fingerprint {
    private final DigestOutputStream out;

    private Fingerprint(MessageDigest digest) {
        this.out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    }

    /**
     * A request's fingerprint.
     *
     * @param operation what is asked for, beside the body
     */
    public static String of(String operation, JsonNode body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var fingerprint = new Fingerprint(digest);
            fingerprint.add('o', operation);
            fingerprint.add(body);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                var fields = new TreeMap<String, JsonNode>();
                node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
                add('{', String.valueOf(fields.size()));
                for (var field : fields.entrySet()) {
                    add('n', field.getKey());
                    add(field.getValue());
                }
            }
            case ARRAY -> {
                add('[', String.valueOf(node.size()));
                for (var item : node) {
                    add(item);
                }
            }
            case POJO -> addSource((POJONode) node);
            case STRING -> add('s', node.textValue());
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY -> add('v', node.asText());
        }
    }

    private void addSource(POJONode node) throws IOException {
        if (!(node.getPojo() instanceof Content.Known(var source))) {
            throw new IllegalStateException("what is flawed is refused before");
        }
        add('c', String.valueOf(source.size()));
        try (InputStream in = source.open()) {
            in.transferTo(out);
        }
    }

    /** With its length before it, so that no two sequences of texts look alike. */
    private void add(char kind, String text) throws IOException {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        out.write((kind + "" + octets.length + ":").getBytes(StandardCharsets.US_ASCII));
        out.write(octets);
    }
}
