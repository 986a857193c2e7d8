package dev.postrider.mailbox.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.transport.api.ApiSettings;
import dev.postrider.transport.smtp.SmtpRequest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code PATCH /mailboxes/ID} takes, for the API's description; what is left out stays. */
@Schema(name = "ChangeMailbox")
record ChangeRequest(
        @Schema(maxLength = 200, description = "Empty for none.") @JsonProperty("display_name")
                @Nullable String displayName,
        @Schema(
                        enumeration = {"active", "paused"},
                        description = "active resumes a held or paused mailbox.")
                @Nullable String state,
        @Nullable SmtpRequest smtp,
        @Nullable ApiSettings gmail,
        @Nullable ApiSettings microsoft,
        @JsonProperty("default") @Nullable Boolean isDefault,
        @Schema(description = "Replaces all of them.") @Nullable List<String> aliases,
        @Schema(
                        description =
                                "Replaces all of them: a limit that is left out is the provider's again.")
                ConnectRequest.@Nullable LimitsRequest limits) {}
