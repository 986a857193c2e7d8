package dev.postrider.identity.workspace.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.workspace.Workspaces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PATCH /workspace}. */
@Path("/workspace")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class RenameWorkspace {
    private static final int MAX_BODY = 16 * 1024;

    private final Workspaces workspaces;

    RenameWorkspace(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** What it takes. */
    @Schema(name = "RenameWorkspace", requiredProperties = "name")
    record Request(@Schema(examples = "Acme", maxLength = Workspaces.MAX_NAME) String name) {}

    @PATCH
    @Audited("workspace.renamed")
    @Operation(operationId = "renameWorkspace", summary = "Rename your workspace")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(
            responseCode = "200",
            description = "The workspace as it is now",
            content = @Content(schema = @Schema(implementation = WorkspaceAnswer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin")
    public Response rename(InputStream body, @Context SecurityContext security) throws IOException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) -> rename(new Fields(object), caller);
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response rename(Fields fields, Caller caller) {
        var name = fields.text("name", Workspaces.MAX_NAME);
        if (fields.areValid() && !Workspaces.isName(name)) {
            fields.error("name", "must be a name of one line");
        }
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return Response.ok(
                        workspaces
                                .rename(caller.workspaceId(), name)
                                .map(WorkspaceAnswer::of)
                                .orElseThrow())
                .build();
    }
}
