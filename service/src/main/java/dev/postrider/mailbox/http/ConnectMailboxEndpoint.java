package dev.postrider.mailbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.mailbox.Used;
import dev.postrider.transport.Provider;
import dev.postrider.transport.smtp.CheckServer;
import dev.postrider.transport.smtp.FindServer;
import dev.postrider.transport.smtp.FoundServer;
import dev.postrider.transport.smtp.KnownProviders;
import dev.postrider.transport.smtp.ReadSmtp;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /mailboxes}. */
@Path("/mailboxes")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class ConnectMailboxEndpoint {
    static final int MAX_BODY = 256 * 1024;
    private static final Journal JOURNAL = Journal.of("http");

    private final Mailboxes mailboxes;
    private final KnownProviders providers;
    private final FindServer findServer;
    private final CheckServer checkServer;

    ConnectMailboxEndpoint(
            Mailboxes mailboxes,
            KnownProviders providers,
            FindServer findServer,
            CheckServer checkServer) {
        this.mailboxes = mailboxes;
        this.providers = providers;
        this.findServer = findServer;
        this.checkServer = checkServer;
    }

    @POST
    @Audited("mailbox.connected")
    @Operation(
            operationId = "connectMailbox",
            summary = "Connect a mailbox",
            description =
                    "From then on your email leaves through it. The server is looked up, not logged"
                            + " in to: the first email does that.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ConnectRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "The mailbox is connected",
            content = @Content(schema = @Schema(implementation = MailboxAnswer.class)))
    @APIResponse(responseCode = "409", description = "mailbox_exists: you have one of this address")
    @APIResponse(
            responseCode = "422",
            description =
                    "A body that is no JSON object; bad fields, each named; a server that may not"
                            + " be connected to")
    public Response connect(InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) ->
                    connect(new Fields(object), CallerContext.caller(security));
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response connect(Fields fields, Caller caller) throws InterruptedException {
        var mailbox = read(fields, caller);
        if (fields.areValid() && mailbox.provider() instanceof Provider.Smtp(var server, _)) {
            checkServer.check(server, fields.object("smtp"));
        }
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return mailboxes
                .connect(mailbox)
                .map(this::connected)
                .orElseGet(ConnectMailboxEndpoint::exists);
    }

    private FoundServer find(Fields smtp, String address) throws InterruptedException {
        return smtp.has("host") || address.isEmpty()
                ? new FoundServer.Nothing()
                : findServer.of(address.substring(address.lastIndexOf('@') + 1));
    }

    private NewMailbox read(Fields fields, Caller caller) throws InterruptedException {
        var address = ParseIdentity.address(fields);
        var displayName = ParseIdentity.displayName(fields);
        Provider provider = new Provider.Sandbox();
        var password = Optional.<String>empty();
        switch (fields.node("provider").map(JsonNode::asText).orElse("")) {
            case "smtp" -> {
                var smtp = fields.object("smtp");
                var found = find(smtp, address);
                var settings = new ReadSmtp(smtp, address, providers).anew(found);
                provider = settings.provider();
                password = settings.password();
            }
            case "sandbox" -> {
                if (fields.has("smtp")) {
                    fields.error("smtp", "belongs to the provider smtp, not to a sandbox");
                }
            }
            case String _ -> fields.error("provider", "must be \"smtp\" or \"sandbox\"");
        }
        return new NewMailbox(
                caller.workspaceId(),
                caller.userId(),
                address,
                displayName,
                provider,
                password,
                new ParseOptions(fields).changing(MailboxOptions.USUAL));
    }

    private Response connected(Mailbox mailbox) {
        JOURNAL.event(
                "mailbox connected",
                "mailbox",
                mailbox.id(),
                "server",
                switch (mailbox.provider()) {
                    case Provider.Smtp(var server, _) -> server.host() + ":" + server.port();
                    case Provider.Sandbox _ -> "sandbox";
                });
        return Response.created(URI.create("/mailboxes/" + mailbox.id()))
                .entity(MailboxAnswer.of(mailbox, Used.NOTHING, providers))
                .build();
    }

    private static Response exists() {
        return Problem.of(
                        ProblemCode.MAILBOX_EXISTS,
                        "You have connected this address before: change that mailbox with PATCH"
                                + " /mailboxes/ID, or remove it first. GET /mailboxes lists yours.")
                .response();
    }
}
