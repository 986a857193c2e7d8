package dev.postrider.identity.user.http;

import dev.postrider.http.Id;
import dev.postrider.http.ListAnswer;
import dev.postrider.http.PageParameters;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.Users;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /users} and {@code GET /users/ID}. */
@Path("/users")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class GetUsers {
    private final Users users;

    GetUsers(Users users) {
        this.users = users;
    }

    @Schema(name = "UserList")
    static final class Answer extends ListAnswer<UserAnswer> {
        Answer(Page.Items<User> found) {
            super(found, UserAnswer::of);
        }
    }

    @GET
    @Operation(operationId = "listUsers", summary = "List the workspace's users, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Users",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin")
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return parameters.answer(page -> new Answer(users.list(caller.workspaceId(), page)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getUser", summary = "Look at a user")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserAnswer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return Id.parse(id)
                .flatMap(uuid -> users.find(caller.workspaceId(), uuid))
                .map(user -> Response.ok(UserAnswer.of(user)).build())
                .orElseGet(AdminRights::notFound);
    }
}
