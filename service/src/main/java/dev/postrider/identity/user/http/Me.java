package dev.postrider.identity.user.http;

import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /me}. */
@Path("/me")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
public final class Me {
    private final Users users;
    private final DescribeUser describe;

    Me(Users users, DescribeUser describe) {
        this.users = users;
        this.describe = describe;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Get your own user")
    @APIResponseSchema(value = UserAnswer.class, responseDescription = "You")
    public Response get(@Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return users.find(caller.workspaceId(), caller.userId())
                .map(user -> Response.ok(describe.of(user)).build())
                .orElseGet(AdminRights::notFound);
    }
}
