package dev.postrider.door.api.send;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /smtp/send-email} answers. */
@Schema(name = "SendEmailAnswer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SendEmailAnswer(
        @Schema(examples = "Email sent successfully") String status,
        UUID id,
        @Schema(description = "Why it wasn't sent at once; with status 202.")
                @Nullable String reason) {
    static SendEmailAnswer sent(UUID id) {
        return new SendEmailAnswer("Email sent successfully", id, null);
    }

    static SendEmailAnswer queued(UUID id, String reason) {
        return new SendEmailAnswer("Email queued", id, reason);
    }
}
