package dev.postrider.door.console.emails;

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

/** {@code /console/emails}. */
@Path("/console/emails")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class EmailsEndpoint {
    static final String TITLE = "Emails";

    private final Template list;
    private final ConsolePages pages;

    EmailsEndpoint(@Location("console/emails/emails.html") Template list, ConsolePages pages) {
        this.list = list;
        this.pages = pages;
    }

    @GET
    public Response show(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var read =
                new ReadEmails(visit, EmailSearch.of(uri.getQueryParameters(), visit)).read(null);
        return pages.page(read.status(), visit, list, TITLE, read.page());
    }
}
