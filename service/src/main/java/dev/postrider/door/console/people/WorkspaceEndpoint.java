package dev.postrider.door.console.people;

import com.fasterxml.jackson.databind.JsonNode;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/people/workspace}: its settings. */
@Path("/console/people/workspace")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class WorkspaceEndpoint {
    private static final String NOTIFICATION_MAILBOX = "notification_mailbox_id";

    private final Template template;
    private final ConsolePages pages;

    WorkspaceEndpoint(
            @Location("console/people/workspace.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(@Context SecurityContext security) {
        var visit = Visit.of(security);
        // members may read what it is set to, but can't change it: then there is no such page
        visit.api().read("/users?limit=1");
        return page(200, visit, Filled.NOTHING);
    }

    @POST
    @Operation(hidden = true)
    public Response change(@Context SecurityContext security) {
        var visit = Visit.of(security);
        var form = visit.filled();
        var body =
                Api.object()
                        .put("name", form.text("name").orElse(""))
                        .put("language", form.text("language").orElse("en"));
        var mailbox = form.text(NOTIFICATION_MAILBOX).map(Choose.mailbox(visit)::find);
        mailbox.ifPresentOrElse(
                found -> body.put(NOTIFICATION_MAILBOX, found.id()),
                () -> body.putNull(NOTIFICATION_MAILBOX));
        var urls = body.putArray("return_urls");
        form.text("return_urls").stream()
                .flatMap(text -> Stream.of(text.split("\\s+")))
                .filter(url -> !url.isEmpty())
                .forEach(urls::add);
        return switch (visit.api().patch("/workspace", body)) {
            case ApiAnswer.Done _ -> pages.goTo("/console/people/workspace", "saved");
            case ApiAnswer.Refused refused ->
                    page(
                            refused.status(),
                            visit,
                            Filled.of(
                                            form,
                                            refused,
                                            "name",
                                            "return_urls",
                                            NOTIFICATION_MAILBOX,
                                            "language")
                                    .saying(
                                            NOTIFICATION_MAILBOX,
                                            mailbox.flatMap(Choice::problem)));
        };
    }

    private Response page(int status, Visit visit, Filled filled) {
        var workspace = visit.api().read("/workspace");
        var shown = filled.beside(settings(visit, workspace));
        var page =
                new WorkspacePage(
                        visit.formToken(),
                        workspace.path("id").asText(),
                        shown,
                        Choose.mailbox(visit).suggestions(""));
        return pages.page(status, visit, template, "Workspace", page);
    }

    private static Map<String, String> settings(Visit visit, JsonNode workspace) {
        return Map.of(
                "name",
                workspace.path("name").asText(),
                "language",
                workspace.path("language").asText(),
                NOTIFICATION_MAILBOX,
                Optional.ofNullable(workspace.path(NOTIFICATION_MAILBOX).asText(null))
                        .map(id -> Choose.mailbox(visit).find(id).text())
                        .orElse(""),
                "return_urls",
                StreamSupport.stream(workspace.path("return_urls").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("\n")));
    }
}
