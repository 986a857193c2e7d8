package dev.postrider.door.console.emails;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choose;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** {@code /console/emails/ID}. */
@Path("/console/emails/{id}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class EmailEndpoint {
    private final Template template;
    private final ConsolePages pages;

    EmailEndpoint(@Location("console/emails/email.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    public Response show(
            @PathParam("id") String id,
            @QueryParam("view") @Nullable String view,
            @QueryParam("outside") @Nullable String outside,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var page = new ReadEmail(visit, id).page(view, outside != null, null);
        return pages.page(visit, template, page.head().subject(), page);
    }

    /** What the frame shows. */
    @GET
    @Path("/html")
    public Response html(
            @PathParam("id") String id,
            @QueryParam("outside") @Nullable String outside,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        return new ShowHtml(visit, new ReadEmail(visit, id)).response(outside != null);
    }

    @GET
    @Path("/message.eml")
    public Response source(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return download(visit.api().stream(new ReadEmail(visit, id).path("/raw")), "message.eml");
    }

    @GET
    @Path("/files/{file}")
    public Response file(
            @PathParam("id") String id,
            @PathParam("file") String file,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var path = new ReadEmail(visit, id).path("/attachments/" + Url.encode(file));
        var name = visit.api().read(path).path("filename").asText("file");
        return download(visit.api().stream(path + "/content"), name);
    }

    /** RFC 6266, with the name as RFC 8187 encodes it: nothing of it is read as anything else. */
    private static Response download(InputStream octets, String name) {
        var encoded = Url.encode(name);
        return Response.ok(octets)
                .type("application/octet-stream")
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .build();
    }

    @POST
    @Path("/retry")
    public Response retry(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return after(
                visit,
                id,
                visit.api().post(new ReadEmail(visit, id).path("/retry")),
                "email_retried");
    }

    /** What may have been sent isn't told as canceled: then the page itself says how it stands. */
    @POST
    @Path("/cancel")
    public Response cancel(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().post(new ReadEmail(visit, id).path("/cancel"))) {
            case ApiAnswer.Done(_, var json) when json.has("reason") ->
                    again(200, visit, id, json.path("reason").asText());
            case ApiAnswer other -> after(visit, id, other, "email_canceled");
        };
    }

    @POST
    @Path("/move")
    public Response move(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var to = Choose.mailbox(visit).find(visit.filled().text("mailbox_id").orElse(""));
        var body = Api.object().put("mailbox_id", to.id());
        return switch (visit.api().patch(new ReadEmail(visit, id).path(""), body)) {
            case ApiAnswer.Refused refused when to.problem().isPresent() ->
                    again(
                            refused.status(),
                            visit,
                            id,
                            "\"" + to.text() + "\" " + to.problem().get() + ".");
            case ApiAnswer other -> after(visit, id, other, "email_moved");
        };
    }

    private Response after(Visit visit, String id, ApiAnswer answer, String note) {
        return switch (answer) {
            case ApiAnswer.Done _ -> pages.goTo("/console/emails/" + Url.encode(id), note);
            case ApiAnswer.Refused refused -> again(refused.status(), visit, id, refused.detail());
        };
    }

    private Response again(int status, Visit visit, String id, String alert) {
        var page = new ReadEmail(visit, id).page(null, false, alert);
        return pages.page(status, visit, template, page.head().subject(), page);
    }
}
