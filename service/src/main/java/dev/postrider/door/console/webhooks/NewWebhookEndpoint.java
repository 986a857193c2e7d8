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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /console/webhooks/new}. */
@Path("/console/webhooks/new")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class NewWebhookEndpoint {
    private static final String TITLE = "New webhook";

    /** What most want to know. */
    private static final List<String> USUAL =
            List.of("email.sent", "email.bounced", "email.failed", "mailbox.held");

    private final Template form;
    private final Template secret;
    private final ConsolePages pages;

    NewWebhookEndpoint(
            @Location("console/webhooks/form.html") Template form,
            @Location("console/webhooks/secret.html") Template secret,
            ConsolePages pages) {
        this.form = form;
        this.secret = secret;
        this.pages = pages;
    }

    /** Who may not have any is told so before they fill anything in. */
    @GET
    public Response show(@Context SecurityContext security) {
        var visit = Visit.of(security);
        visit.api().read("/webhooks?limit=1");
        var page = new FormPage(visit.formToken(), null, "", USUAL, null, Map.of());
        return pages.page(visit, form, TITLE, page);
    }

    @POST
    public Response create(@Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().post("/webhooks", FormPage.wanted(visit.filled()))) {
            case ApiAnswer.Done(_, var made) -> {
                var page =
                        new SecretPage(
                                made.path("id").asText(),
                                made.path("signing_secret").asText(),
                                true,
                                null);
                yield pages.page(201, visit, secret, "Webhook created", page);
            }
            case ApiAnswer.Refused refused ->
                    pages.page(
                            refused.status(),
                            visit,
                            form,
                            TITLE,
                            FormPage.again(visit, Optional.empty(), refused));
        };
    }
}
