package dev.postrider.door.console.emails;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Visit;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/**
 * {@code /console/emails/change}: some that were ticked, or all that a search finds, slice by
 * slice.
 */
@Path("/console/emails/change")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class ChangeEndpoint {
    private final Template list;
    private final Template progress;
    private final ConsolePages pages;

    ChangeEndpoint(
            @Location("console/emails/emails.html") Template list,
            @Location("console/emails/progress.html") Template progress,
            ConsolePages pages) {
        this.list = list;
        this.progress = progress;
        this.pages = pages;
    }

    @POST
    public Response change(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var search = EmailSearch.of(uri.getQueryParameters(), visit);
        return switch (new ChangeEmails(visit, search).run()) {
            case ChangeEmails.Outcome.Nothing(var why) -> {
                var read = new ReadEmails(visit, search).read(why);
                yield pages.page(422, visit, list, EmailsEndpoint.TITLE, read.page());
            }
            case ChangeEmails.Outcome.Progress(var page) ->
                    pages.page(visit, progress, page.title(), page);
        };
    }
}
