package dev.postrider.transport.smtp;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A mailbox's server as the API shows it: never with its password. */
@Schema(name = "MailboxServer")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerAnswer(
        @Schema(examples = "mail.example.org") String host,
        @Schema(examples = "587") int port,
        @Schema(enumeration = {"starttls", "implicit", "none"}) String tls,
        @Schema(description = "Absent when it needs no login.") @Nullable String username,
        @Schema(description = "The private authority of its certificate, as PEM.")
                @Nullable String ca,
        @Schema(description = "What it announces and gets wrong; absent if there is nothing.")
                List<String> disregard) {
    public ServerAnswer {
        disregard = List.copyOf(disregard);
    }

    static ServerAnswer of(SmtpSettings settings) {
        return new ServerAnswer(
                settings.server().host(),
                settings.server().port(),
                settings.server().tls().text(),
                settings.username().orElse(null),
                settings.server().ca().orElse(null),
                settings.disregard());
    }
}
