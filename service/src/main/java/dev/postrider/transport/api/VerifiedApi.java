package dev.postrider.transport.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a mailbox's grant is good for, as its provider says. */
@Schema(name = "VerifiedApi")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VerifiedApi(
        @Schema(examples = "Gmail") String provider,
        @Schema(examples = "ann@example.org", description = "The account's.") String address,
        @Schema(enumeration = {"send", "settle", "read"}) String tier,
        @Schema(description = "Those of the access token.", examples = "[\"gmail.send\"]")
                List<String> scopes,
        @Schema(nullable = true, description = "Which host answered; null when none was asked.")
                @Nullable String host) {
    public VerifiedApi {
        scopes = List.copyOf(scopes);
    }
}
