package dev.postrider.door.console.choose;

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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code /console/choices}: what a field suggests while somebody types in it. */
@Path("/console/choices")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("it changes nothing")
final class ChoicesEndpoint {
    private final Template options;
    private final ConsolePages pages;

    ChoicesEndpoint(@Location("console/choose/options.html") Template options, ConsolePages pages) {
        this.options = options;
        this.pages = pages;
    }

    @GET
    @Path("/mailboxes")
    public Response mailboxes(@Context UriInfo uri, @Context SecurityContext security) {
        return answer(Choose.mailbox(Visit.of(security)), uri);
    }

    @GET
    @Path("/people")
    public Response people(@Context UriInfo uri, @Context SecurityContext security) {
        return answer(Choose.person(Visit.of(security)), uri);
    }

    /** Fields have different names; one asks with its own value alone. */
    private Response answer(Choose choose, UriInfo uri) {
        var typed =
                uri.getQueryParameters().values().stream()
                        .flatMap(List::stream)
                        .findFirst()
                        .orElse("");
        return pages.part(options, new ChoicesPage(choose.suggestions(typed.strip())));
    }
}
