package dev.postrider.door.console.mailboxes;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/mailboxes/new/app}: of an organisation that lets an app act for its users. */
@Path("/console/mailboxes/new/app")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class ConnectByAppEndpoint {
    private final Template template;
    private final ConsolePages pages;

    ConnectByAppEndpoint(
            @Location("console/mailboxes/new.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @POST
    @Operation(hidden = true)
    public Response connect(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var option = form.text("app").orElse("");
        var slash = option.indexOf('/');
        var body =
                Api.object()
                        .put("address", form.text("app_address").orElse(""))
                        .put("provider", option.startsWith("google/") ? "gmail" : "microsoft")
                        .put("app", option.substring(slash + 1));
        form.text("app_display_name").ifPresent(name -> body.put("display_name", name));
        var person = form.text("user_id").map(Choose.person(visit)::find);
        person.ifPresent(found -> body.put("user_id", found.id()));
        return switch (visit.api().post("/mailboxes", body)) {
            case ApiAnswer.Done(_, var mailbox) -> TryMailbox.after(visit, mailbox, pages);
            case ApiAnswer.Refused refused -> {
                var filled =
                        Filled.of(form, refused, "address", "display_name", "app", "user_id")
                                .saying("user_id", person.flatMap(Choice::problem));
                var page = new ReadConnectOptions(visit).page("app", filled, null, null);
                yield pages.page(refused.status(), visit, template, NewMailboxEndpoint.TITLE, page);
            }
        };
    }
}
