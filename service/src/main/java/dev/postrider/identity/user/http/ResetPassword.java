package dev.postrider.identity.user.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /users/ID/password-ticket}. */
@Path("/users/{id}/password-ticket")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class ResetPassword {
    private final Users users;

    ResetPassword(Users users) {
        this.users = users;
    }

    @POST
    @NotForApiKeys
    @Audited("user.password_ticket_made")
    @Operation(
            operationId = "makePasswordTicket",
            summary = "Let a user choose a new password",
            description =
                    "The answer's ticket is for POST /password, once, within a day (7 days for who was"
                            + " invited). Hand it to the user by a way that you trust; former tickets are"
                            + " good for nothing from then on.")
    @APIResponse(
            responseCode = "200",
            description = "The user, with a ticket",
            content = @Content(schema = @Schema(implementation = UserAnswer.class)))
    @APIResponse(responseCode = "403", description = "You are no admin, or no owner for an owner")
    @APIResponse(responseCode = "409", description = "conflict: the user is deactivated")
    public Response reset(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        var user = Id.parse(id).flatMap(uuid -> users.find(caller.workspaceId(), uuid));
        if (user.isPresent() && !AdminRights.mayManage(caller, user.get().role())) {
            return AdminRights.forbidden();
        }
        if (user.isPresent() && !user.get().isActive()) {
            return Problem.of(
                            ProblemCode.CONFLICT,
                            "This user is deactivated: let them in again first, with PATCH and"
                                    + " \"active\": true.")
                    .response();
        }
        return user.flatMap(found -> users.reset(found.workspaceId(), found.id()))
                .map(ResetPassword::answer)
                .orElseGet(AdminRights::notFound);
    }

    private static Response answer(Users.Created made) {
        return Response.ok(
                        UserAnswer.of(
                                made.user(),
                                made.ticket().map(UserAnswer.TicketAnswer::of).orElse(null)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
