package dev.postrider.door.console.keys;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/keys/ID}. */
@Path("/console/keys/{id}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class KeyEndpoint {
    private static final String LIST = "/console/keys";

    private final Template template;
    private final ConsolePages pages;

    KeyEndpoint(@Location("console/keys/key.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@PathParam("id") String id, @Context SecurityContext security) {
        return page(200, Visit.of(security), id, Filled.NOTHING);
    }

    @POST
    @Operation(hidden = true)
    public Response change(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("name", form.text("name").orElse(""))
                        .put("permission", form.text("permission").orElse(""));
        KeysEndpoint.perSecond(form, body);
        return switch (visit.api().patch(path(id), body)) {
            case ApiAnswer.Done _ -> pages.goTo(LIST, "saved");
            case ApiAnswer.Refused refused ->
                    page(
                            refused.status(),
                            visit,
                            id,
                            Filled.of(form, refused, "name", "permission", "per_second"));
        };
    }

    @POST
    @Path("/revoke")
    @Operation(hidden = true)
    public Response revoke(@PathParam("id") String id, @Context SecurityContext security) {
        var visit = Visit.of(security);
        return switch (visit.api().delete(path(id))) {
            case ApiAnswer.Done _ -> pages.goTo(LIST, "key_revoked");
            case ApiAnswer.Refused refused ->
                    page(refused.status(), visit, id, Filled.of(visit.filled(), refused));
        };
    }

    private Response page(int status, Visit visit, String id, Filled filled) {
        var key = KeyView.of(visit.api().read(path(id)), visit);
        return pages.page(
                status, visit, template, key.name(), new KeyPage(visit.formToken(), key, filled));
    }

    private static String path(String id) {
        return "/api-keys/" + Url.encode(id);
    }
}
