package dev.postrider.flow.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Webhooks of a workspace, newest first. */
@Schema(name = "WebhookList")
record WebhookList(
        @Schema(examples = "list") String object,
        @JsonProperty("has_more") boolean hasMore,
        List<WebhookAnswer> data) {
    WebhookList {
        data = List.copyOf(data);
    }

    static WebhookList of(Page.Items<Webhook> page) {
        return new WebhookList(
                "list", page.hasMore(), page.items().stream().map(WebhookAnswer::of).toList());
    }
}
