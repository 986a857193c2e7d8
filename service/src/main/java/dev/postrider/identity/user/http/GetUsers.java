package dev.postrider.identity.user.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Id;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ParsePage;
import dev.postrider.identity.http.Admins;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.Users;
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
import java.util.List;
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

    /** A page of users. */
    @Schema(name = "UserList")
    record Page(
            @Schema(examples = "list") String object,
            @JsonProperty("has_more") boolean hasMore,
            List<UserAnswer> data) {
        Page {
            data = List.copyOf(data);
        }
    }

    @GET
    @Operation(operationId = "listUsers", summary = "List the workspace's users, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Users",
            content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "403", description = "You are no admin")
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!Admins.isOne(caller)) {
            return Admins.forbidden();
        }
        return switch (parameters.read()) {
            case ParsePage.Valid(var page) -> {
                var found = page.of(users.list(caller.workspaceId(), page));
                yield Response.ok(
                                new Page(
                                        "list",
                                        found.hasMore(),
                                        found.items().stream().map(UserAnswer::of).toList()))
                        .build();
            }
            case ParsePage.Invalid(var problem) -> problem.response();
        };
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
        if (!Admins.isOne(caller)) {
            return Admins.forbidden();
        }
        return Id.parse(id)
                .flatMap(uuid -> users.find(caller.workspaceId(), uuid))
                .map(user -> Response.ok(UserAnswer.of(user)).build())
                .orElseGet(Admins::notFound);
    }
}
