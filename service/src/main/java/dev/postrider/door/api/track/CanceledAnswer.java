package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.email.EmailState;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is answered to whoever cancels an email; clients of Resend's API know the first two. */
@Schema(name = "EmailCanceled")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CanceledAnswer(
        @Schema(examples = "email") String object,
        UUID id,
        @Schema(
                        enumeration = {"sent", "unknown", "queued"},
                        description =
                                "Only there when somebody may have got it. `sent`: the recipients who"
                                        + " had got it before. `unknown`: it may have been sent."
                                        + " `queued`: likewise, and its mailbox is asked.")
                Optional<String> state,
        @Schema(examples = "Canceled by its sender. It may have been sent before.")
                Optional<String> reason) {
    static CanceledAnswer of(UUID id, EmailState state, String reason) {
        var isCertain = state == EmailState.CANCELED;
        return new CanceledAnswer(
                "email",
                id,
                isCertain ? Optional.empty() : Optional.of(state.text()),
                isCertain ? Optional.empty() : Optional.of(reason));
    }
}
