package dev.postrider.door.console.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.identity.Role;
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
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /console/people/ID}. */
@Path("/console/people/{id}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class PersonEndpoint {
    private final Template template;
    private final ConsolePages pages;
    private final TicketLinks links;

    PersonEndpoint(
            @Location("console/people/person.html") Template template,
            ConsolePages pages,
            TicketLinks links) {
        this.template = template;
        this.pages = pages;
        this.links = links;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@PathParam("id") String id, @Context SecurityContext security) {
        return page(200, Visit.of(security), id, Filled.NOTHING, null);
    }

    @POST
    @Path("/role")
    @Operation(hidden = true)
    public Response role(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var role = visit.filled().text("role").orElse("");
        return change(id, visit, Api.object().put("role", role), "saved");
    }

    @POST
    @Path("/deactivate")
    @Operation(hidden = true)
    public Response deactivate(@PathParam("id") String id, @Context SecurityContext security) {
        return change(
                id, Visit.of(security), Api.object().put("active", false), "user_deactivated");
    }

    @POST
    @Path("/activate")
    @Operation(hidden = true)
    public Response activate(@PathParam("id") String id, @Context SecurityContext security) {
        return change(id, Visit.of(security), Api.object().put("active", true), "user_activated");
    }

    @POST
    @Path("/link")
    @Operation(hidden = true)
    public Response link(
            @PathParam("id") String id, @Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        return switch (visit.api().post(path(id) + "/password-ticket")) {
            case ApiAnswer.Done(_, var user) ->
                    page(201, visit, id, Filled.NOTHING, links.of(user, visit, uri));
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    @POST
    @Path("/remove")
    @Operation(hidden = true)
    public Response remove(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var mailboxes =
                visit.filled()
                        .text("mailboxes")
                        .map(what -> "?mailboxes=" + Url.encode(what))
                        .orElse("");
        return switch (visit.api().delete(path(id) + mailboxes)) {
            case ApiAnswer.Done _ -> pages.goTo("/console/people", "removed");
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    private Response change(String id, Visit visit, JsonNode body, String note) {
        return switch (visit.api().patch(path(id), body)) {
            case ApiAnswer.Done _ -> pages.goTo("/console/people/" + Url.encode(id), note);
            case ApiAnswer.Refused refused -> again(id, visit, refused);
        };
    }

    private Response again(String id, Visit visit, ApiAnswer.Refused refused) {
        return page(refused.status(), visit, id, Filled.of(visit.filled(), refused, "role"), null);
    }

    private Response page(
            int status,
            Visit visit,
            String id,
            Filled filled,
            PeoplePage.@Nullable TicketLink link) {
        var person = PersonView.of(visit.api().read(path(id)), visit);
        var isOwner = visit.caller().role() == Role.OWNER;
        var page =
                new PersonPage(
                        visit.formToken(),
                        person,
                        isOwner || !person.role().equals("owner"),
                        isOwner,
                        filled,
                        link);
        return pages.page(status, visit, template, person.name(), page);
    }

    private static String path(String id) {
        return "/users/" + Url.encode(id);
    }
}
