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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /workspace}. */
@Path("/workspace")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class WorkspaceEndpoint {
    private static final int MAX_BODY = 16 * 1024;

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
    @Schema(name = "RenameWorkspace", requiredProperties = "name")
    record Request(@Schema(examples = "Acme", maxLength = Workspaces.MAX_NAME) String name) {}

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("workspace.renamed")
    @Operation(operationId = "renameWorkspace", summary = "Rename your workspace")
    @RequestBodySchema(Request.class)
    @APIResponseSchema(
            value = WorkspaceAnswer.class,
            responseDescription = "The workspace as it is now")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response rename(InputStream body, @Context SecurityContext security) throws IOException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return JsonBody.answer(body, MAX_BODY, fields -> rename(fields, caller));
    }

    private Response rename(Fields fields, Caller caller) {
        var name = fields.text("name", Workspaces.MAX_NAME);
        if (fields.areValid() && !Workspaces.isName(name)) {
            fields.error("name", "must be a single line");
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
