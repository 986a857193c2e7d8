package dev.postrider.door.console.webhooks;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;

/** {@code /console/webhooks/ID/change}: where it listens, and what it is told. */
@Path("/console/webhooks/{id}/change")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class ChangeWebhookEndpoint {
    private static final String TITLE = "Change webhook";

    private final Template form;
    private final ConsolePages pages;

    ChangeWebhookEndpoint(
            @Location("console/webhooks/form.html") Template form, ConsolePages pages) {
        this.form = form;
        this.pages = pages;
    }

    @GET
    public Response show(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var webhook = WebhookView.of(visit.api().read(WebhookEndpoint.api(id)), visit);
        var page =
                new FormPage(
                        visit.formToken(),
                        webhook.id(),
                        webhook.endpoint(),
                        webhook.events(),
                        null,
                        Map.of());
        return pages.page(visit, form, TITLE, page);
    }

    @POST
    public Response change(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var wanted = FormPage.wanted(visit.filled());
        return switch (visit.api().patch(WebhookEndpoint.api(id), wanted)) {
            case ApiAnswer.Done(_, var changed) ->
                    pages.goTo("/console/webhooks/" + changed.path("id").asText(), "saved");
            case ApiAnswer.Refused refused ->
                    pages.page(
                            refused.status(),
                            visit,
                            form,
                            TITLE,
                            FormPage.again(visit, Optional.of(id), refused));
        };
    }
}
