package dev.postrider.door.api.send.json;

import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.EmailRequest;
import dev.postrider.http.Fields;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.MalformedAddress;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code POST /smtp/send-email} takes: its description, and how it is read. */
@Schema(
        name = "SendEmailRequest",
        requiredProperties = {"to", "subject", "message"})
public record SendEmailJson(
        @Schema(
                        description = "One address, alone or with a display name.",
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
                        maxLength = EmailLimits.TEXT)
                String message) {
    static final int MAX_ADDRESS = 1_300;
    static final int MAX_SUBJECT = 2_000;
    public static final int MAX_BODY_BYTES = 25 * 1024 * 1024;

    private static final Set<String> NAMES = FieldNames.of(SendEmailJson.class);

    /** Empty where something is wrong, which the fields then tell. */
    public static Optional<EmailRequest> read(Fields fields) {
        fields.refuseLookalikes(NAMES, Set.of());
        var to = recipient(fields, fields.text("to", MAX_ADDRESS));
        var subject = fields.text("subject", MAX_SUBJECT);
        var message = fields.text("message", EmailLimits.TEXT);
        return fields.areValid()
                ? to.map(address -> EmailRequest.plain(address, subject, message))
                : Optional.empty();
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
