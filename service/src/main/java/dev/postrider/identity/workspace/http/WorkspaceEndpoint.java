package dev.postrider.identity.workspace.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.workspace.ReturnUrl;
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
                    @Nullable List<String> returnUrls) {}

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("workspace.changed")
    @Operation(
            operationId = "changeWorkspace",
            summary = "Rename your workspace, or say where connect links lead back to",
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
        if (!fields.has("name") && !fields.has("return_urls")) {
            fields.missing("name", "is missing: give a name, return_urls, or both");
        }
        var name = fields.optionalText("name", Workspaces.MAX_NAME);
        if (name.isPresent() && !Workspaces.isName(name.get())) {
            fields.error("name", "must be a single line");
        }
        var returnUrls = returnUrls(fields);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return Response.ok(
                        workspaces
                                .change(caller.workspaceId(), name, returnUrls)
                                .map(WorkspaceAnswer::of)
                                .orElseThrow())
                .build();
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
