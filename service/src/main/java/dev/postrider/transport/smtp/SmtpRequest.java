package dev.postrider.transport.smtp;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The server and the login. */
@Schema(name = "ConnectServer", description = "For the provider smtp.")
public record SmtpRequest(
        @Schema(
                        examples = "mail.example.org",
                        description =
                                "May be left out, with port and tls, where the address's provider"
                                        + " is known (Gmail, Yahoo, iCloud and others).")
                @Nullable String host,
        @Schema(minimum = "1", maximum = "65535", examples = "587") @Nullable Integer port,
        @Schema(
                        enumeration = {"starttls", "implicit", "none"},
                        description =
                                "none only for servers that the operator lists in"
                                        + " POSTRIDER_OUTBOUND_ALLOW.")
                @Nullable String tls,
        @Schema(
                        maxLength = 320,
                        description =
                                "The address if only a password is given. Without both there is no login.")
                @Nullable String username,
        @Schema(
                        maxLength = 1024,
                        writeOnly = true,
                        description = "Stored encrypted; no answer ever has it.")
                @Nullable String password,
        @Schema(
                        maxLength = 65536,
                        description =
                                "A private authority that the server's certificate must come"
                                        + " from, as PEM; empty for none.")
                @Nullable String ca,
        @Schema(
                        maxItems = 10,
                        examples = "[\"CHUNKING\",\"AUTH SCRAM-SHA-256\"]",
                        description =
                                "What the server announces and gets wrong: EHLO keywords, or AUTH and"
                                        + " a mechanism, which are then not used.")
                @Nullable List<String> disregard) {
    @Override
    public String toString() {
        return "SmtpRequest[" + host + "]";
    }
}
