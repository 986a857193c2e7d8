package dev.postrider.door.console.mailboxes;

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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/mailboxes/ID}: one mailbox, and what can be done with it. */
@Path("/console/mailboxes/{id}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class MailboxEndpoint {
    private static final int A_DAY = 86_400;

    private final Template template;
    private final ConsolePages pages;

    MailboxEndpoint(
            @Location("console/mailboxes/mailbox.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @PathParam("id") String id,
            @DefaultValue("") @QueryParam("after") String after,
            @DefaultValue("") @QueryParam("before") String before,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        return page(200, visit, new ReadMailbox(visit, id, after, before).page());
    }

    @POST
    @Path("/verify")
    @Operation(hidden = true)
    public Response verify(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var read = ReadMailbox.of(visit, id);
        return switch (visit.api().post(read.path() + "/verify")) {
            case ApiAnswer.Done(_, var json) ->
                    page(
                            200,
                            visit,
                            read.page(Filled.NOTHING, DescribeTrial.of(json, visit), null));
            case ApiAnswer.Refused refused -> again(read, refused);
        };
    }

    @POST
    @Path("/pause")
    @Operation(hidden = true)
    public Response pause(@PathParam("id") String id, @Context SecurityContext security) {
        return change(
                id, Visit.of(security), Api.object().put("state", "paused"), "mailbox_paused");
    }

    @POST
    @Path("/resume")
    @Operation(hidden = true)
    public Response resume(@PathParam("id") String id, @Context SecurityContext security) {
        return change(
                id, Visit.of(security), Api.object().put("state", "active"), "mailbox_resumed");
    }

    @POST
    @Path("/settings")
    @Operation(hidden = true)
    public Response settings(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("display_name", form.text("display_name").orElse(""))
                        .put("default", form.has("default"));
        var aliases = body.putArray("aliases");
        form.text("aliases").stream()
                .flatMap(text -> Stream.of(text.split("[\\s,;]+")))
                .filter(alias -> !alias.isEmpty())
                .forEach(aliases::add);
        return change(id, visit, body, "saved", "display_name", "default", "aliases");
    }

    @POST
    @Path("/limits")
    @Operation(hidden = true)
    public Response limits(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var body = Api.object();
        var limits = body.putObject("limits");
        for (var name : MailboxForms.LIMITS) {
            MailboxForms.number(visit.filled(), "limits." + name, limits, name);
        }
        return change(id, visit, body, "saved", MailboxForms.limitFields());
    }

    @POST
    @Path("/login")
    @Operation(hidden = true)
    public Response login(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var body = Api.object();
        body.set("smtp", MailboxForms.smtp(visit.filled()));
        return change(id, visit, body, "saved", MailboxForms.serverFields());
    }

    @POST
    @Path("/reconnect")
    @Operation(hidden = true)
    public Response reconnect(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var read = ReadMailbox.of(visit, id);
        var body = Api.object().put("mailbox_id", id).put("expires_in", A_DAY);
        return switch (visit.api().post("/connect-links", body)) {
            case ApiAnswer.Done(_, var made) ->
                    page(
                            201,
                            visit,
                            read.page(
                                    Filled.NOTHING,
                                    null,
                                    new MailboxPage.NewLink(
                                            made.path("url").asText(),
                                            visit.time(made.path("expires_at").asText()))));
            case ApiAnswer.Refused refused -> again(read, refused);
        };
    }

    @POST
    @Path("/remove")
    @Operation(hidden = true)
    public Response remove(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var read = ReadMailbox.of(visit, id);
        var force = visit.filled().has("force") ? "?force=true" : "";
        return switch (visit.api().delete(read.path() + force)) {
            case ApiAnswer.Done _ -> pages.goTo("/console/mailboxes", "removed");
            case ApiAnswer.Refused refused -> again(read, refused);
        };
    }

    /**
     * @param fields that the form has: an error of another is told above it
     */
    private Response change(String id, Visit visit, JsonNode body, String note, String... fields) {
        var read = ReadMailbox.of(visit, id);
        return switch (visit.api().patch(read.path(), body)) {
            case ApiAnswer.Done _ -> pages.goTo("/console" + read.path(), note);
            case ApiAnswer.Refused refused -> again(read, refused, fields);
        };
    }

    private Response again(ReadMailbox read, ApiAnswer.Refused refused, String... fields) {
        var filled = Filled.of(read.visit().filled(), refused, fields);
        return page(refused.status(), read.visit(), read.page(filled, null, null));
    }

    private Response page(int status, Visit visit, MailboxPage page) {
        return pages.page(status, visit, template, page.address(), page);
    }
}
