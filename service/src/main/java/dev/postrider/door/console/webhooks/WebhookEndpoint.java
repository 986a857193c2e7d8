package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** {@code /console/webhooks/ID}: how one does, what it was told, and what can be done with it. */
@Path("/console/webhooks/{id}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class WebhookEndpoint {
    private static final int CREATED = 201;

    private final Template template;
    private final Template secret;
    private final ConsolePages pages;

    WebhookEndpoint(
            @Location("console/webhooks/webhook.html") Template template,
            @Location("console/webhooks/secret.html") Template secret,
            ConsolePages pages) {
        this.template = template;
        this.secret = secret;
        this.pages = pages;
    }

    /** Where the API has it. */
    static String api(String id) {
        return "/webhooks/" + Url.encode(id);
    }

    private static String page(String id) {
        return "/console/webhooks/" + Url.encode(id);
    }

    @GET
    public Response show(
            @PathParam("id") String id,
            @BeanParam ListParameters list,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        return show(200, visit, new ReadWebhook(visit, id, list).page());
    }

    @POST
    @Path("/enable")
    public Response enable(@PathParam("id") String id, @Context SecurityContext security) {
        return status(id, "enabled", Visit.of(security));
    }

    @POST
    @Path("/disable")
    public Response disable(@PathParam("id") String id, @Context SecurityContext security) {
        return status(id, "disabled", Visit.of(security));
    }

    private Response status(String id, String status, Visit visit) {
        var body = Api.object().put("status", status);
        return after(id, visit, visit.api().patch(api(id), body), "webhook_" + status);
    }

    @POST
    @Path("/end-previous-secret")
    public Response endPrevious(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return after(id, visit, visit.api().delete(api(id) + "/secret/previous"), "secret_ended");
    }

    @POST
    @Path("/remove")
    public Response remove(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().delete(api(id))) {
            case ApiAnswer.Done _ -> pages.goTo("/console/webhooks", "removed");
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    @POST
    @Path("/rotate")
    public Response rotate(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var body = Api.object();
        visit.filled()
                .text("previous_valid_for")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .ifPresent(text -> body.put("previous_valid_for", Integer.parseInt(text)));
        visit.filled().text("signing_secret").ifPresent(own -> body.put("signing_secret", own));
        return switch (visit.api().post(api(id) + "/secret", body)) {
            case ApiAnswer.Done(_, var rotated) ->
                    pages.page(
                            CREATED,
                            visit,
                            secret,
                            "New signing secret",
                            new SecretPage(
                                    rotated.path("id").asText(),
                                    rotated.path("signing_secret").asText(),
                                    false,
                                    WebhookView.text(rotated, "previous_secret_expires_at")
                                            .map(visit::time)
                                            .orElse(null)));
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    @POST
    @Path("/replay")
    public Response replay(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().post(api(id) + "/replay", span(visit))) {
            case ApiAnswer.Done(_, var replayed) ->
                    pages.goTo(page(id) + "?replayed=" + replayed.path("replayed").asInt());
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    private static ObjectNode span(Visit visit) {
        var form = visit.filled();
        var body = Api.object();
        for (var name : new String[] {"created_after", "created_before"}) {
            LocalTimes.read(form.text(name), visit).ifPresent(time -> body.put(name, time));
        }
        var states = body.putArray("states");
        form.all("states").forEach(states::add);
        return body;
    }

    private Response after(String id, Visit visit, ApiAnswer answer, String note) {
        return switch (answer) {
            case ApiAnswer.Done _ -> pages.goTo(page(id), note);
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    /** The same page, and why nothing came of it. */
    private Response again(String id, Visit visit, ApiAnswer.Refused refused) {
        var read = new ReadWebhook(visit, id, new ListParameters());
        return show(refused.status(), visit, read.page(Optional.of(refused)));
    }

    private Response show(int status, Visit visit, WebhookPage page) {
        return pages.page(status, visit, template, "Webhook", page);
    }
}
