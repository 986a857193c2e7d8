package dev.postrider.door.console.people;

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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /console/people}. */
@Path("/console/people")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class PeopleEndpoint {
    private static final String PATH = "/console/people";
    private static final int ROWS = 50;

    private final Template template;
    private final ConsolePages pages;
    private final TicketLinks links;

    PeopleEndpoint(
            @Location("console/people/people.html") Template template,
            ConsolePages pages,
            TicketLinks links) {
        this.template = template;
        this.pages = pages;
        this.links = links;
    }

    /** Which of them, and how far down. */
    private record Asked(boolean external, String search, String after, String before) {
        static final Asked FIRST = new Asked(false, "", "", "");

        String toApi() {
            return "/users?limit="
                    + ROWS
                    + "&can_sign_in="
                    + !external
                    + Url.and("search", search)
                    + Url.and("after", after)
                    + Url.and("before", before);
        }

        String link(String side, PersonView person) {
            return PATH
                    + ("?" + side + "=" + person.id())
                    + (external ? "&show=external" : "")
                    + Url.and("search", search);
        }

        boolean isFirst() {
            return after.isEmpty() && before.isEmpty();
        }
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @DefaultValue("") @QueryParam("show") String show,
            @DefaultValue("") @QueryParam("search") String search,
            @DefaultValue("") @QueryParam("after") String after,
            @DefaultValue("") @QueryParam("before") String before,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var asked = new Asked(show.equals("external"), search, after, before);
        return page(200, visit, read(visit, asked, Filled.NOTHING, null));
    }

    @POST
    @Path("/invite")
    @Operation(hidden = true)
    public Response invite(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("email", form.text("email").orElse(""))
                        .put("role", form.text("role").orElse("member"));
        return switch (visit.api().post("/users", body)) {
            case ApiAnswer.Done(_, var made) ->
                    page(
                            201,
                            visit,
                            read(visit, Asked.FIRST, Filled.NOTHING, links.of(made, visit, uri)));
            case ApiAnswer.Refused refused ->
                    page(
                            refused.status(),
                            visit,
                            read(
                                    visit,
                                    Asked.FIRST,
                                    Filled.of(form, refused, "email", "role"),
                                    null));
        };
    }

    private static PeoplePage read(
            Visit visit, Asked asked, Filled filled, PeoplePage.@Nullable TicketLink invited) {
        var list = visit.api().read(asked.toApi());
        var people =
                StreamSupport.stream(list.path("data").spliterator(), false)
                        .map(each -> PersonView.of(each, visit))
                        .toList();
        var hasMore = list.path("has_more").asBoolean();
        var isBack = !asked.before().isEmpty();
        return new PeoplePage(
                visit.formToken(),
                asked.external(),
                asked.search(),
                people,
                visit.caller().role() == Role.OWNER,
                filled,
                invited,
                !people.isEmpty() && (isBack ? hasMore : !asked.isFirst())
                        ? asked.link("before", people.getFirst())
                        : null,
                !people.isEmpty() && (isBack || hasMore)
                        ? asked.link("after", people.getLast())
                        : null);
    }

    private Response page(int status, Visit visit, PeoplePage page) {
        return pages.page(status, visit, template, "People", page);
    }
}
