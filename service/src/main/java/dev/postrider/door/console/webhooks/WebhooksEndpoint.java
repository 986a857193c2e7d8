package dev.postrider.door.console.webhooks;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Visit;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;

/** {@code /console/webhooks}: all of them. */
@Path("/console/webhooks")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class WebhooksEndpoint {
    private final Template list;
    private final ConsolePages pages;

    WebhooksEndpoint(
            @Location("console/webhooks/webhooks.html") Template list, ConsolePages pages) {
        this.list = list;
        this.pages = pages;
    }

    @GET
    public Response list(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var webhooks =
                visit.api()
                        .read("/webhooks?limit=100")
                        .path("data")
                        .valueStream()
                        .map(webhook -> WebhookView.of(webhook, visit))
                        .sorted(Comparator.comparing(WebhookView::how))
                        .toList();
        return pages.page(visit, list, "Webhooks", new WebhooksPage(webhooks));
    }
}
