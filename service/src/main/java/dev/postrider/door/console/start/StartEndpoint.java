package dev.postrider.door.console.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
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
import org.jspecify.annotations.Nullable;

/** {@code /console/start}: the first minutes. */
@Path("/console/start")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class StartEndpoint {
    private static final String PATH = "/console/start";
    private static final String TITLE = "First steps";

    private final Template template;
    private final ConsolePages pages;

    StartEndpoint(@Location("console/start/start.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    public Response show(@Context SecurityContext security) {
        var visit = Visit.of(security);
        return pages.page(visit, template, TITLE, new ReadSteps(visit).page());
    }

    @POST
    @Path("/public-url")
    public Response publicUrl(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var url = visit.filled().text("public_url").orElse("");
        var body = Api.object().put("public_url", url);
        return after(visit, visit.api().patch("/installation", body));
    }

    @POST
    @Path("/sandbox")
    public Response sandbox(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var body =
                Api.object()
                        .put("address", visit.filled().text("address").orElse(""))
                        .put("provider", "sandbox");
        return after(visit, visit.api().post("/mailboxes", body));
    }

    @POST
    @Path("/email")
    public Response email(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var from = new ReadSteps(visit).mailbox();
        var body =
                Api.object()
                        .put("from", from.map(each -> each.path("address").asText()).orElse(""))
                        .put("to", visit.filled().text("to").orElse(""))
                        .put("subject", "Hello from Postrider")
                        .put(
                                "text",
                                "It works: this email was sent from the console's first steps.\n");
        return after(visit, visit.api().post("/emails", body));
    }

    @POST
    @Path("/key")
    public Response key(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var body = Api.object().put("name", visit.filled().text("name").orElse(""));
        return switch (visit.api().post("/api-keys", body)) {
            case ApiAnswer.Done(_, var made) -> shownOnce(visit, text(made, "token"), null);
            case ApiAnswer.Refused refused -> again(visit, refused);
        };
    }

    @POST
    @Path("/webhook")
    public Response webhook(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var body = Api.object().put("endpoint", visit.filled().text("endpoint").orElse(""));
        body.putArray("events").add("email.sent").add("email.failed").add("mailbox.held");
        return switch (visit.api().post("/webhooks", body)) {
            case ApiAnswer.Done(_, var made) ->
                    shownOnce(visit, null, text(made, "signing_secret"));
            case ApiAnswer.Refused refused -> again(visit, refused);
        };
    }

    private static String text(JsonNode made, String name) {
        return made.path(name).asText();
    }

    private Response after(Visit visit, ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Done _ -> pages.goTo(PATH);
            case ApiAnswer.Refused refused -> again(visit, refused);
        };
    }

    private Response shownOnce(Visit visit, @Nullable String key, @Nullable String secret) {
        var page = new ReadSteps(visit).page(key, secret, Filled.NOTHING);
        return pages.page(201, visit, template, TITLE, page);
    }

    /** As it was filled in, and what is wrong with it. */
    private Response again(Visit visit, ApiAnswer.Refused refused) {
        var filled =
                Filled.of(
                        visit.filled(), refused, "public_url", "address", "to", "name", "endpoint");
        var page = new ReadSteps(visit).page(null, null, filled);
        return pages.page(refused.status(), visit, template, TITLE, page);
    }
}
