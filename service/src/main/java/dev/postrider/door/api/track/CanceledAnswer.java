package dev.postrider.door.api.track;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is answered to whoever cancels an email. */
@Schema(name = "EmailCanceled")
record CanceledAnswer(
        @Schema(examples = "email") String object,
        UUID id,
        @Schema(
                        enumeration = {"canceled", "sent", "unknown", "queued"},
                        description =
                                "`sent`: to the recipients who had got it before. `unknown`: it may have"
                                        + " been sent. `queued`: likewise, and its mailbox is asked.")
                String state,
        @Schema(examples = "Canceled by its sender.") String reason) {}
