package dev.postrider.door.console.overview;

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

/** {@code /console}. */
@Path("/console")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class OverviewEndpoint {
    private final Template template;
    private final ConsolePages pages;

    OverviewEndpoint(
            @Location("console/overview/overview.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    public Response show(@Context SecurityContext security) {
        var visit = Visit.of(security);
        return pages.page(visit, template, "Overview", new ReadOverview(visit).page());
    }
}
