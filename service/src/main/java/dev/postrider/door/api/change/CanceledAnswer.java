package dev.postrider.door.api.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.email.EmailState;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is answered to whoever cancels an email; clients of Resend's API know the first two. */
@Schema(name = "EmailCanceled")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CanceledAnswer(
        @Schema(examples = "email") String object,
        UUID id,
        @Schema(
                        enumeration = {"sent", "unknown", "queued"},
                        description =
                                "Only there when somebody may have got it. `sent`: the recipients who"
                                        + " had got it before. `unknown`: it may have been sent."
                                        + " `queued`: likewise, and its mailbox is asked.")
                @Nullable String state,
        @Schema(examples = "Canceled. It may have been sent before.") @Nullable String reason) {
    static CanceledAnswer of(UUID id, EmailState state, String reason) {
        return state == EmailState.CANCELED
                ? new CanceledAnswer("email", id, null, null)
                : new CanceledAnswer("email", id, state.text(), reason);
    }
}
