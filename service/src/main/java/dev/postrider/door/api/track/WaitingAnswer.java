package dev.postrider.door.api.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.flow.store.find.WaitingReason;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an email waits for, as it is shown. */
@Schema(
        name = "EmailWaiting",
        description =
                "What an email waits for: `time`, the one that its sender chose; `mailbox`, which is held"
                        + " or paused and has to be mended by its user; `limit`, of the mailbox or its"
                        + " provider, that is reached; `server`, which can't be reached or talked to; `retry`,"
                        + " after an attempt that didn't end it; `turn`, in its mailbox's queue.")
record WaitingAnswer(
        @JsonProperty("for")
                @Schema(enumeration = {"time", "mailbox", "limit", "server", "retry", "turn"})
                String what,
        @Schema(nullable = true, description = "Not before this time; null if that is unknown.")
                @Nullable String until,
        @Schema(description = "The same in words.") String detail) {
    static WaitingAnswer of(WaitingReason waiting) {
        return new WaitingAnswer(
                waiting.what().name().toLowerCase(Locale.ROOT),
                waiting.until().map(EmailAnswer::time).orElse(null),
                waiting.detail());
    }
}
