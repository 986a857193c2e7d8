package dev.postrider.flow.webhook.http;

import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much will be told again. */
@Schema(name = "WebhookReplay")
record ReplayedAnswer(
        @Schema(examples = "webhook_replay") String object,
        @Schema(description = "How many events.", examples = "17") int replayed) {
    static ReplayedAnswer of(int replayed) {
        return new ReplayedAnswer("webhook_replay", replayed);
    }

    static Response disabled() {
        return ProblemCode.CONFLICT.response(
                "The webhook is disabled, so nothing is sent to it: enable it first.");
    }
}
