package dev.postrider.door.console.webhooks;

import java.util.List;

/** All of a workspace's webhooks. */
public record WebhooksPage(List<WebhookView> webhooks) {
    public WebhooksPage {
        webhooks = List.copyOf(webhooks);
    }
}
