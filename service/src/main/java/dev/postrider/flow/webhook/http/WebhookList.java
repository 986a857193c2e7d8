package dev.postrider.flow.webhook.http;

import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.ListAnswer;
import dev.postrider.page.Page;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "WebhookList")
final class WebhookList extends ListAnswer<WebhookAnswer> {
    WebhookList(Page.Items<Webhook> found) {
        super(found, WebhookAnswer::of);
    }
}
