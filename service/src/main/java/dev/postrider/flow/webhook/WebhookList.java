package dev.postrider.flow.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All webhooks of a workspace, newest first; there are never more than a page of them. */
@Schema(name = "WebhookList")
record WebhookList(
        @Schema(examples = "list") String object,
        @Schema(description = "Always false.") @JsonProperty("has_more") boolean hasMore,
        List<WebhookAnswer> data) {
    WebhookList {
        data = List.copyOf(data);
    }

    static WebhookList of(List<Webhook> webhooks) {
        return new WebhookList("list", false, webhooks.stream().map(WebhookAnswer::of).toList());
    }
}
