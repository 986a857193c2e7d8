package dev.postrider.identity.workspace.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.workspace.Language;
import dev.postrider.identity.workspace.ReturnUrl;
import dev.postrider.identity.workspace.WorkspaceChange;
import dev.postrider.identity.workspace.Workspaces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /workspace}. */
@Path("/workspace")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class WorkspaceEndpoint {
    private static final int MAX_BODY = 256 * 1024;
    private static final int MAX_URLS = 50;
    private static final String NOTIFICATION_MAILBOX = "notification_mailbox_id";
    private static final List<String> FIELDS =
            List.of("name", "return_urls", NOTIFICATION_MAILBOX, "language");
    private static final String NO_MAILBOX =
            "must be the id of a mailbox of your workspace (GET /mailboxes lists them), or null";

    private final Workspaces workspaces;

    WorkspaceEndpoint(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @GET
    @Operation(operationId = "getWorkspace", summary = "Get your workspace")
    @APIResponseSchema(value = WorkspaceAnswer.class, responseDescription = "The workspace")
    public WorkspaceAnswer get(@Context SecurityContext security) {
        return workspaces
                .find(CallerContext.caller(security).workspaceId())
                .map(WorkspaceAnswer::of)
                .orElseThrow();
    }

    /** What it takes. */
    @Schema(name = "ChangeWorkspace")
    record Request(
            @Schema(examples = "Acme", maxLength = Workspaces.MAX_NAME) @Nullable String name,
            @Schema(
                            description =
                                    "Where connect links may lead back to: the same scheme, host and"
                                            + " port, and the path or one below it. https; http only for"
                                            + " loopback. Replaces all of them.",
                            examples = "[\"https://crm.example.com/mail\"]")
                    @JsonProperty("return_urls")
                    @Nullable List<String> returnUrls,
            @Schema(
                            nullable = true,
                            description =
                                    "The mailbox that writes to the owner of a mailbox that is held,"
                                            + " or whose grant ends; null for none.")
                    @JsonProperty("notification_mailbox_id")
                    @Nullable UUID notificationMailboxId,
            @Schema(
                            enumeration = {"en", "de"},
                            description = "What it writes in.")
                    @Nullable String language) {}

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("workspace.changed")
    @Operation(
            operationId = "changeWorkspace",
            summary =
                    "Rename your workspace, say where connect links lead back to, or who writes to"
                            + " owners of mailboxes",
            description = "What is left out stays.")
    @RequestBodySchema(Request.class)
    @APIResponseSchema(
            value = WorkspaceAnswer.class,
            responseDescription = "The workspace as it is now")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response change(InputStream body, @Context SecurityContext security) throws IOException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return JsonBody.answer(body, MAX_BODY, fields -> change(fields, caller));
    }

    private Response change(Fields fields, Caller caller) {
        if (fields.names().stream().noneMatch(FIELDS::contains)) {
            fields.missing("name", "is missing: give one at least of " + String.join(", ", FIELDS));
        }
        var name = fields.optionalText("name", Workspaces.MAX_NAME);
        if (name.isPresent() && !Workspaces.isName(name.get())) {
            fields.error("name", "must be a single line");
        }
        var change =
                new WorkspaceChange(
                        name, returnUrls(fields), notificationMailbox(fields), language(fields));
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return switch (workspaces.change(caller.workspaceId(), change)) {
            case Workspaces.Changed.Done(var workspace) ->
                    Response.ok(WorkspaceAnswer.of(workspace)).build();
            case Workspaces.Changed.NoSuchMailbox() ->
                    Problem.invalid(NOTIFICATION_MAILBOX, NO_MAILBOX).response();
        };
    }

    /** Here null isn't the same as nothing: it switches the notices off. */
    private static Optional<Optional<UUID>> notificationMailbox(Fields fields) {
        if (!fields.names().contains(NOTIFICATION_MAILBOX)) {
            return Optional.empty();
        }
        var text = fields.optionalText(NOTIFICATION_MAILBOX, 64);
        var id = text.flatMap(Id::parse);
        if (text.isPresent() && id.isEmpty()) {
            fields.error(NOTIFICATION_MAILBOX, NO_MAILBOX);
        }
        return Optional.of(id);
    }

    private static Optional<Language> language(Fields fields) {
        var text = fields.optionalText("language", 16);
        var language = text.flatMap(Language::of);
        if (text.isPresent() && language.isEmpty()) {
            fields.error("language", "must be \"en\" or \"de\"");
        }
        return language;
    }

    private static Optional<List<ReturnUrl>> returnUrls(Fields fields) {
        if (!fields.has("return_urls")) {
            return Optional.empty();
        }
        var urls = new ArrayList<ReturnUrl>();
        for (var text : fields.texts("return_urls", MAX_URLS, ReturnUrl.MAX_LENGTH)) {
            var url = ReturnUrl.parse(text).filter(each -> !each.hasQuery());
            if (url.isEmpty()) {
                fields.error("return_urls", ReturnUrl.FORM + " and without a query: " + text);
            }
            url.ifPresent(urls::add);
        }
        return Optional.of(List.copyOf(urls));
    }
}
