package dev.postrider.door.console.account;

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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/account}: who one is, and one's password. */
@Path("/console/account")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class AccountEndpoint {
    private final Template template;
    private final ConsolePages pages;

    AccountEndpoint(
            @Location("console/account/account.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@Context SecurityContext security) {
        return page(200, Visit.of(security), Filled.NOTHING);
    }

    /** All sessions end with it, this one, too: one signs in with the new password. */
    @POST
    @Path("/password")
    @Operation(hidden = true)
    public Response password(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var next = form.verbatim("new_password").orElse("");
        if (!next.equals(form.verbatim("repeated_password").orElse(""))) {
            return page(
                    422,
                    visit,
                    new Filled(
                            Map.of(),
                            Map.of("repeated_password", "isn't the same as the new password"),
                            Set.of(),
                            null));
        }
        var body =
                Api.object()
                        .put("current_password", form.verbatim("current_password").orElse(""))
                        .put("new_password", next);
        return switch (visit.api().post("/me/password", body)) {
            case ApiAnswer.Done _ -> pages.goTo("/console/sign-in", "password_changed");
            case ApiAnswer.Refused refused ->
                    page(
                            refused.status(),
                            visit,
                            Filled.of(form, refused, "current_password", "new_password"));
        };
    }

    private Response page(int status, Visit visit, Filled filled) {
        var me = visit.api().read("/me");
        var page =
                new AccountPage(
                        visit.formToken(),
                        me.path("email").asText(),
                        me.path("role").asText(),
                        visit.workspace(),
                        me.path("has_password").asBoolean(),
                        me.path("mailboxes").asLong(),
                        me.path("last_login_at").isTextual()
                                ? visit.time(me.path("last_login_at").asText())
                                : null,
                        visit.time(me.path("created_at").asText()),
                        filled);
        return pages.page(status, visit, template, "Your account", page);
    }
}
