package dev.postrider.transport.sandbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.read.MessagePart;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.sandbox.SandboxMessage;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a message of a sandbox says. Every key is always there. */
@Schema(name = "SandboxMessageContent")
record SandboxContent(
        @Schema(examples = "sandbox_message") String object,
        UUID id,
        @Schema(
                        nullable = true,
                        description = "Which email it was: GET /emails/ID, while that is kept.")
                @JsonProperty("email_id")
                @Nullable UUID emailId,
        @Schema(description = "The envelope's sender.", examples = "ann@example.org") String from,
        @Schema(description = "The envelope's recipients.") List<String> to,
        @Schema(nullable = true) @Nullable String subject,
        @Schema(description = "In bytes.") int size,
        @JsonProperty("received_at") String receivedAt,
        @Schema(description = "Unfolded and decoded, in their order.") List<Field> headers,
        @Schema(nullable = true, description = "At most the first MiB.") @Nullable String text,
        @Schema(nullable = true, description = "Likewise.") @Nullable String html,
        List<File> files) {
    SandboxContent {
        to = List.copyOf(to);
        headers = List.copyOf(headers);
        files = List.copyOf(files);
    }

    @Schema(name = "SandboxMessageHeader")
    record Field(String name, String value) {
        static Field of(HeaderField field) {
            return new Field(field.name(), field.value());
        }
    }

    @Schema(name = "SandboxMessageFile")
    record File(
            @Schema(nullable = true) @Nullable String filename,
            @JsonProperty("content_type") String contentType,
            @Schema(description = "In octets.") long size) {
        static File of(MessagePart part) {
            return new File(
                    part.filename().isEmpty() ? null : part.filename(),
                    part.contentType(),
                    part.size());
        }
    }

    static SandboxContent of(SandboxMessage message, ParsedMessage parsed) {
        return new SandboxContent(
                "sandbox_message",
                message.id(),
                message.emailId().orElse(null),
                message.sender(),
                message.recipients(),
                message.subject().orElse(null),
                message.size(),
                message.receivedAt().toString(),
                parsed.header().stream().map(Field::of).toList(),
                parsed.text().orElse(null),
                parsed.html().orElse(null),
                parsed.files().stream().map(File::of).toList());
    }
}
