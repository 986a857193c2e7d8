package dev.postrider.door.console.audit;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /console/audit}. */
@Path(ReadAudit.PATH)
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class AuditEndpoint {
    private final Template template;
    private final ConsolePages pages;

    AuditEndpoint(@Location("console/audit/audit.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    public Response show(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var read = new ReadAudit(visit, AuditQuery.of(visit, uri.getQueryParameters())).read();
        return pages.page(read.isGood() ? 200 : 422, visit, template, "Audit log", read.page());
    }

    @GET
    @Path("/export")
    public Response export(@Context SecurityContext security, @Context UriInfo uri) {
        var visit = Visit.of(security);
        var query = AuditQuery.of(visit, uri.getQueryParameters());
        var csv = visit.api().stream("/audit-log.csv" + query.export());
        return Response.ok(csv, "text/csv;charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
