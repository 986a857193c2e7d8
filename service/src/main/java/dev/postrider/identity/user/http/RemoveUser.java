package dev.postrider.identity.user.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /users/ID}. */
@Path("/users/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class RemoveUser {
    private final Users users;

    RemoveUser(Users users) {
        this.users = users;
    }

    /** What is left. */
    @Schema(name = "RemovedUser")
    record Answer(@Schema(examples = "user") String object, UUID id, boolean deleted) {}

    @DELETE
    @NotForApiKeys
    @Audited("user.removed")
    @Operation(
            operationId = "removeUser",
            summary = "Delete a user",
            description =
                    "With their sessions. Of their mailboxes you say what becomes: kept, they are the"
                            + " workspace's from then on, and mail that waits is sent; removed, they go"
                            + " with their passwords, and mail that waits is canceled. The emails that the"
                            + " user sent stay, and so does what the audit log says of them.")
    @APIResponse(
            responseCode = "200",
            description = "They are gone",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin, or no owner for an owner")
    @APIResponse(
            responseCode = "409",
            description =
                    "conflict: this is the last owner; they have mailboxes; mail is just being sent")
    @APIResponse(responseCode = "422", description = "mailboxes is neither keep nor remove")
    public Response remove(
            @PathParam("id") String id,
            @Parameter(
                            description = "What becomes of the user's mailboxes: keep or remove.",
                            schema = @Schema(enumeration = {"keep", "remove"}))
                    @QueryParam("mailboxes")
                    @Nullable String mailboxes,
            @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var leaving = leaving(mailboxes);
        if (leaving.isEmpty()) {
            return Problem.invalid("mailboxes", "must be keep or remove").response();
        }
        var user = Id.parse(id).flatMap(uuid -> users.find(caller.workspaceId(), uuid));
        if (user.isEmpty()) {
            return AdminRights.notFound();
        }
        return AdminRights.mayManage(caller, user.get().role())
                ? remove(user.get(), leaving.get())
                : AdminRights.forbidden();
    }

    private static Optional<Users.Leaving> leaving(@Nullable String mailboxes) {
        return switch (mailboxes == null ? "" : mailboxes) {
            case "" -> Optional.of(Users.Leaving.NOTHING);
            case "keep" -> Optional.of(Users.Leaving.KEPT);
            case "remove" -> Optional.of(Users.Leaving.REMOVED);
            case String _ -> Optional.empty();
        };
    }

    private Response remove(User user, Users.Leaving leaving) {
        return switch (users.remove(user.workspaceId(), user.id(), leaving)) {
            case DONE -> Response.ok(new Answer("user", user.id(), true)).build();
            case NOT_FOUND -> AdminRights.notFound();
            case LAST_OWNER -> AdminRights.lastOwner();
            case HAS_MAILBOXES ->
                    conflict(
                            "This user has mailboxes: say ?mailboxes=keep (they become the"
                                    + " workspace's) or ?mailboxes=remove (waiting mail is canceled).");
            case IS_SENDING ->
                    conflict("Mail of this user is just being sent: try again in a moment.");
        };
    }

    private static Response conflict(String detail) {
        return Problem.of(ProblemCode.CONFLICT, detail).response();
    }
}
