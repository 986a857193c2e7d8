package dev.postrider.identity.apikey.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.apikey.ApiKeys;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code DELETE /api-keys/ID}. */
@Path("/api-keys/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class DeleteApiKey {
    private final ApiKeys keys;

    DeleteApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    /** What is answered. */
    @Schema(name = "ApiKeyDeleted")
    record Answer(@Schema(examples = "api_key") String object, UUID id, boolean deleted) {}

    @DELETE
    @Audited("api_key.deleted")
    @Operation(
            operationId = "deleteApiKey",
            summary = "Revoke an API key",
            description = "Its next use is refused.")
    @APIResponse(
            responseCode = "200",
            description = "It is good for nothing now",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        return Id.parse(id)
                .filter(uuid -> keys.delete(CallerContext.caller(security), uuid))
                .map(uuid -> Response.ok(new Answer("api_key", uuid, true)).build())
                .orElseGet(DeleteApiKey::notFound);
    }

    static Response notFound() {
        return Problem.of(
                        ProblemCode.NOT_FOUND,
                        "You have no API key with this id: GET /api-keys lists them.")
                .response();
    }
}
