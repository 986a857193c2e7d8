package dev.postrider.identity.user.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.Caller;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /users/ID}. */
@Path("/users/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class ChangeUser {
    private static final int MAX_BODY = 16 * 1024;

    private final Users users;

    ChangeUser(Users users) {
        this.users = users;
    }

    /** What it takes; what is left out stays. */
    @Schema(name = "ChangeUser")
    record Request(
            @Schema(enumeration = {"owner", "admin", "member"}) @Nullable String role,
            @Schema(
                            description =
                                    "false ends the user's sessions, tokens and sending at once; true lets"
                                            + " them in again, and their mailboxes go on.")
                    @Nullable Boolean active) {}

    @PATCH
    @NotForApiKeys
    @Audited("user.changed")
    @Operation(
            operationId = "changeUser",
            summary = "Change a user's role, let them out or in again")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(
            responseCode = "200",
            description = "The user as they are now",
            content = @Content(schema = @Schema(implementation = UserAnswer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin, or no owner for an owner")
    @APIResponse(responseCode = "409", description = "conflict: this is the last owner")
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var user = Id.parse(id).flatMap(uuid -> users.find(caller.workspaceId(), uuid));
        if (user.isEmpty()) {
            return AdminRights.notFound();
        }
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) -> change(user.get(), new Fields(object), caller);
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response change(User user, Fields fields, Caller caller) {
        var role = ParseUser.role(fields);
        var active = fields.node("active");
        if (active.isPresent() && !active.get().isBoolean()) {
            fields.error("active", "must be true or false");
        }
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        if (!AdminRights.mayManage(caller, user.role())
                || !AdminRights.mayManage(caller, role.orElse(user.role()))) {
            return AdminRights.forbidden();
        }
        var wanted = active.map(node -> node.booleanValue());
        return switch (users.change(user.workspaceId(), user.id(), role, wanted)) {
            case Users.Changed.Done(var changed) -> Response.ok(UserAnswer.of(changed)).build();
            case Users.Changed.NotFound _ -> AdminRights.notFound();
            case Users.Changed.LastOwner _ -> AdminRights.lastOwner();
        };
    }
}
