package dev.postrider.identity.user.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.DeletedAnswer;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ListAnswer;
import dev.postrider.http.PageParameters;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.ListedUsers;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.UserActivity;
import dev.postrider.identity.user.Users;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /users}, for owners and admins. */
@Path("/users")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class UsersEndpoint {
    private static final int MAX_BODY = 16 * 1024;

    private final Users users;
    private final DescribeUser describe;

    UsersEndpoint(Users users, DescribeUser describe) {
        this.users = users;
        this.describe = describe;
    }

    @Schema(name = "UserList")
    static final class UserList extends ListAnswer<UserAnswer> {
        UserList(Page.Items<User> found, Map<UUID, UserActivity> activity) {
            super(found, user -> UserAnswer.of(user, Optional.ofNullable(activity.get(user.id()))));
        }
    }

    @GET
    @Operation(operationId = "listUsers", summary = "List the workspace's users, newest first")
    @APIResponseSchema(value = UserList.class, responseDescription = "Users")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response list(
            @BeanParam PageParameters parameters,
            @BeanParam UserListParameters which,
            @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return which.answer(
                listed -> parameters.answer(page -> page(caller.workspaceId(), listed, page)));
    }

    private UserList page(UUID workspace, ListedUsers listed, Page page) {
        var found = users.list(workspace, listed, page);
        return new UserList(found, users.activity(workspace, found.items()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getUser", summary = "Get a user")
    @APIResponseSchema(value = UserAnswer.class, responseDescription = "The user")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return Id.parse(id)
                .flatMap(uuid -> users.find(caller.workspaceId(), uuid))
                .map(user -> Response.ok(describe.of(user)).build())
                .orElseGet(AdminRights::notFound);
    }

    /** What it takes; what is left out stays. */
    @Schema(name = "ChangeUser")
    record UserChange(
            @Schema(enumeration = {"owner", "admin", "member"}) @Nullable String role,
            @Schema(
                            description =
                                    "false ends the user's sessions, tokens and sending at once; true"
                                            + " reactivates the user and their mailboxes.")
                    @Nullable Boolean active) {}

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @NotForApiKeys
    @Audited("user.changed")
    @Operation(
            operationId = "changeUser",
            summary = "Change a user's role, deactivate or reactivate them")
    @RequestBodySchema(UserChange.class)
    @APIResponseSchema(value = UserAnswer.class, responseDescription = "The user as they are now")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
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
        return JsonBody.answer(body, MAX_BODY, fields -> change(user.get(), fields, caller));
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
            case Users.Changed.Done(var changed) -> Response.ok(describe.of(changed)).build();
            case Users.Changed.NotFound _ -> AdminRights.notFound();
            case Users.Changed.LastOwner _ -> AdminRights.lastOwner();
        };
    }

    @DELETE
    @Path("/{id}")
    @NotForApiKeys
    @Audited("user.removed")
    @Operation(
            operationId = "removeUser",
            summary = "Delete a user",
            description =
                    "Their sessions end. You decide about their mailboxes: with keep they become"
                            + " the workspace's, and waiting mail is sent; with remove they are deleted"
                            + " with their passwords, and waiting mail is canceled. The emails that the"
                            + " user sent stay, and so do their audit entries.")
    @APIResponseSchema(value = DeletedAnswer.class, responseDescription = "The user is deleted")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "409",
            description =
                    "conflict: this is the last owner; they have mailboxes; mail is being sent"
                            + " right now")
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
            case DONE -> DeletedAnswer.of("user", user.id());
            case NOT_FOUND -> AdminRights.notFound();
            case LAST_OWNER -> AdminRights.lastOwner();
            case HAS_MAILBOXES ->
                    conflict(
                            "This user has mailboxes: add ?mailboxes=keep (they become the workspace's)"
                                    + " or ?mailboxes=remove (waiting mail is canceled).");
            case IS_SENDING ->
                    conflict("Mail of this user is being sent right now: try again in a moment.");
        };
    }

    private static Response conflict(String detail) {
        return ProblemCode.CONFLICT.response(detail);
    }

    @POST
    @Path("/{id}/password-ticket")
    @NotForApiKeys
    @Audited("user.password_ticket_made")
    @Operation(
            operationId = "makePasswordTicket",
            summary = "Let a user choose a new password",
            description =
                    "The ticket in the answer is for POST /password, once, within a day (7 days"
                            + " for an invited user). Hand it to the user over a channel that you trust;"
                            + " earlier tickets become invalid.")
    @APIResponseSchema(
            value = UserAnswer.class,
            responseCode = "200",
            responseDescription = "The user, with a ticket")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "409",
            description = "conflict: the user is deactivated, or doesn't log in")
    public Response reset(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var user = Id.parse(id).flatMap(uuid -> users.find(caller.workspaceId(), uuid));
        if (user.isPresent() && !AdminRights.mayManage(caller, user.get().role())) {
            return AdminRights.forbidden();
        }
        if (user.isPresent() && user.get().email().isEmpty()) {
            return ProblemCode.CONFLICT.response(
                    "This user has no email address to log in with: your application knows them by"
                            + " external_id alone.");
        }
        if (user.isPresent() && !user.get().isActive()) {
            return ProblemCode.CONFLICT.response(
                    "This user is deactivated: reactivate them first, with PATCH and \"active\":"
                            + " true.");
        }
        return user.flatMap(found -> users.reset(found.workspaceId(), found.id()))
                .map(this::answer)
                .orElseGet(AdminRights::notFound);
    }

    private Response answer(Users.Created made) {
        return Response.ok(describe.of(made)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
