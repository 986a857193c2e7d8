package dev.postrider.door.api.attachment;

import dev.postrider.flow.store.find.StoredMessage;
import dev.postrider.mime.read.MessagePart;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The answer that is an attachment's octets. They are a stranger's: no browser may open them by
 * itself, guess at their type or run what is in them, and nobody keeps a copy.
 */
final class AttachmentContent {
    private AttachmentContent() {}

    /** Of one of the message's files. */
    static Response of(StoredMessage message, MessagePart file) {
        StreamingOutput octets =
                out -> {
                    try (var in = message.open(file)) {
                        in.transferTo(out);
                    }
                };
        return Response.ok(octets, MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(file.filename()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** The place among a message's files that an id stands for; empty when it has no such. */
    static Optional<MessagePart> find(UUID emailId, UUID attachmentId, List<MessagePart> files) {
        return IntStream.range(0, files.size())
                .filter(index -> attachmentId.equals(AttachmentId.of(emailId, index)))
                .mapToObj(files::get)
                .findFirst();
    }

    /** RFC 6266 with the name as RFC 8187 writes it: in ASCII, whatever it is. */
    static String disposition(String filename) {
        return filename.isEmpty()
                ? "attachment"
                : "attachment; filename*=UTF-8''" + octets(filename);
    }

    private static String octets(String filename) {
        var text = new StringBuilder();
        for (var octet : filename.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                text.append((char) octet);
            } else {
                text.append("%%%02X".formatted(octet));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(byte octet) {
        return octet > 0 && (Character.isLetterOrDigit(octet) || "._-".indexOf(octet) >= 0);
    }
}
