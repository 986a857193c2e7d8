package dev.postrider.door.api.send;

import dev.postrider.http.Fields;
import dev.postrider.mime.Address;
import dev.postrider.mime.MalformedAddress;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /smtp/send-email} is asked to send. */
@Schema(
        name = "SendEmailRequest",
        requiredProperties = {"to", "subject", "message"})
public record SendEmailRequest(
        @Schema(
                        description = "One address, bare or with a name.",
                        examples = "Grace Hopper <grace@example.com>",
                        maxLength = MAX_ADDRESS)
                String to,
        @Schema(
                        description = "One line, any script.",
                        examples = "Your invoice",
                        maxLength = MAX_SUBJECT)
                String subject,
        @Schema(
                        description = "Plain text, any script.",
                        examples = "Hello!\n",
                        maxLength = ReadEmailRequest.MAX_BODY)
                String message) {
    static final int MAX_ADDRESS = 1_300;
    static final int MAX_SUBJECT = 2_000;
    static final int MAX_BODY_BYTES = 25 * 1024 * 1024;

    /** The checked fields; empty where something is wrong, which {@code fields} then tells. */
    public record Checked(Address to, String subject, String message) {}

    static Optional<Checked> read(Fields fields) {
        var to = recipient(fields, fields.text("to", MAX_ADDRESS));
        var subject = fields.text("subject", MAX_SUBJECT);
        var message = fields.text("message", ReadEmailRequest.MAX_BODY);
        if (subject.chars().anyMatch(c -> c == '\r' || c == '\n')) {
            fields.error("subject", "must not contain line breaks");
        }
        requireUnicode(fields, "subject", subject);
        requireUnicode(fields, "message", message);
        return fields.areValid()
                ? to.map(address -> new Checked(address, subject, message))
                : Optional.empty();
    }

    /** JSON can spell what is no text: half a surrogate pair, or NUL, which mail can't carry. */
    private static void requireUnicode(Fields fields, String name, String text) {
        if (text.codePoints()
                .anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            fields.error(name, "must not contain NUL or half a surrogate pair");
        }
    }

    private static Optional<Address> recipient(Fields fields, String text) {
        if (!fields.areValid()) {
            return Optional.empty();
        }
        return switch (Address.parse(text)) {
            case Address address -> Optional.of(address);
            case MalformedAddress(var reason) -> {
                fields.error("to", reason);
                yield Optional.empty();
            }
        };
    }
}
