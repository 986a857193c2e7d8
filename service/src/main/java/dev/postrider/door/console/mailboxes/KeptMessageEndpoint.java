package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsolePage;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.door.console.MessageFrame;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.identity.WithoutToken;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /console/mailboxes/ID/messages/ID}: what a sandbox keeps. */
@Path("/console/mailboxes/{id}/messages/{message}")
@ConsolePage
@RunOnVirtualThread
@WithoutToken
@NotAudited("the operations of the API that it calls write their entries")
final class KeptMessageEndpoint {
    private final Template template;
    private final ConsolePages pages;

    KeptMessageEndpoint(
            @Location("console/mailboxes/message.html") Template template, ConsolePages pages) {
        this.template = template;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var mailbox = visit.api().read("/mailboxes/" + Url.encode(id));
        var content = visit.api().read(path(id, message) + "/content");
        var page =
                new KeptMessagePage(
                        mailbox.path("id").asText(),
                        mailbox.path("address").asText(),
                        content.path("id").asText(),
                        text(content, "email_id").isEmpty() ? null : text(content, "email_id"),
                        content.path("subject").isNull()
                                ? "(no subject)"
                                : text(content, "subject"),
                        text(content, "from"),
                        ReadMailbox.texts(content.path("to"), ", "),
                        visit.time(text(content, "received_at")),
                        Numbers.octets(content.path("size").asLong()),
                        text(content, "text"),
                        !text(content, "html").isEmpty(),
                        facts(content.path("headers"), "name", "value"),
                        StreamSupport.stream(content.path("files").spliterator(), false)
                                .map(KeptMessageEndpoint::file)
                                .toList());
        return pages.page(visit, template, page.subject(), page);
    }

    /** The message's HTML, for a frame. */
    @GET
    @Path("/html")
    @Operation(hidden = true)
    public Response html(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @Context SecurityContext security) {
        var visit = Visit.of(security);
        var content = visit.api().read(path(id, message) + "/content");
        return MessageFrame.of(text(content, "html"), false);
    }

    /** The message as a server would have got it. */
    @GET
    @Path("/source")
    @Operation(hidden = true)
    public Response source(
            @PathParam("id") String id,
            @PathParam("message") String message,
            @Context SecurityContext security) {
        return Response.ok(Visit.of(security).api().stream(path(id, message)))
                .type("text/plain;charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"message.eml\"")
                .build();
    }

    private static String path(String id, String message) {
        return "/mailboxes/" + Url.encode(id) + "/sandbox/" + Url.encode(message);
    }

    private static List<MailboxPage.Fact> facts(JsonNode list, String name, String text) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> new MailboxPage.Fact(text(each, name), text(each, text)))
                .toList();
    }

    private static MailboxPage.Fact file(JsonNode file) {
        var name = text(file, "filename");
        return new MailboxPage.Fact(
                name.isEmpty() ? "(no name)" : name,
                text(file, "content_type") + ", " + Numbers.octets(file.path("size").asLong()));
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isNull() ? "" : value.asText();
    }
}
