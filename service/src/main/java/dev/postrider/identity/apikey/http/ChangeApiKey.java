package dev.postrider.identity.apikey.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.Caller;
import dev.postrider.identity.apikey.ApiKeys;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api-keys/ID}. */
@Path("/api-keys/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class ChangeApiKey {
    private static final int MAX_BODY = 16 * 1024;

    /** SDKs repeat the id in the body. */
    private static final Set<String> FIELDS = Set.of("name", "permission", "id", "api_key_id");

    private final ApiKeys keys;

    ChangeApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    /** What it takes; what is left out stays. */
    @Schema(name = "ChangeApiKey")
    record Request(
            @Schema(maxLength = ParseApiKey.MAX_NAME) @Nullable String name,
            @Schema(enumeration = {"full_access", "sending_access"}) @Nullable String permission) {}

    /** What is answered. */
    @Schema(name = "ApiKeyChanged")
    record Answer(@Schema(examples = "api_key") String object, UUID id) {}

    @PATCH
    @Audited("api_key.changed")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeApiKey",
            summary = "Rename an API key, or change what it is good for",
            description = "The key itself stays; its next use is judged by what it is then.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is changed",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Rejected(var problem) -> problem.response();
            case JsonBody.Read.Json(var object) ->
                    change(id, new Fields(object), CallerContext.caller(security));
        };
    }

    private Response change(String id, Fields fields, Caller caller) {
        ParseApiKey.refuseUnknown(fields, FIELDS);
        var name =
                fields.has("name")
                        ? Optional.of(ParseApiKey.name(fields))
                        : Optional.<String>empty();
        var permission = ParseApiKey.permission(fields);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return Id.parse(id)
                .filter(uuid -> keys.change(caller, uuid, name, permission))
                .map(uuid -> Response.ok(new Answer("api_key", uuid)).build())
                .orElseGet(DeleteApiKey::notFound);
    }
}
