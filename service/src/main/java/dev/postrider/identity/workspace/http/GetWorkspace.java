package dev.postrider.identity.workspace.http;

import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.workspace.Workspaces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /workspace}. */
@Path("/workspace")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class GetWorkspace {
    private final Workspaces workspaces;

    GetWorkspace(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @GET
    @Operation(operationId = "getWorkspace", summary = "Look at your workspace")
    @APIResponse(
            responseCode = "200",
            description = "The workspace",
            content = @Content(schema = @Schema(implementation = WorkspaceAnswer.class)))
    public WorkspaceAnswer get(@Context SecurityContext security) {
        return workspaces
                .find(CallerContext.caller(security).workspaceId())
                .map(WorkspaceAnswer::of)
                .orElseThrow();
    }
}
