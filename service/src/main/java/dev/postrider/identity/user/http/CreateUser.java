package dev.postrider.identity.user.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.Role;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.login.http.ParsePassword;
import dev.postrider.identity.login.http.PasswordAnswers;
import dev.postrider.identity.user.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /users}. */
@Path("/users")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class CreateUser {
    private static final int MAX_BODY = 16 * 1024;

    private final Users users;
    private final DescribeUser describe;

    CreateUser(Users users, DescribeUser describe) {
        this.users = users;
        this.describe = describe;
    }

    /** What it takes. */
    @Schema(name = "CreateUser")
    record Request(
            @Schema(required = true, examples = "ann@example.org") String email,
            @Schema(
                            enumeration = {"owner", "admin", "member"},
                            defaultValue = "member")
                    @Nullable String role,
            @Schema(
                            writeOnly = true,
                            description =
                                    "If left out, the user is invited: hand them the ticket in the answer.")
                    @Nullable String password) {
        @Override
        public String toString() {
            return "Request[" + email + "]";
        }
    }

    @POST
    @NotForApiKeys
    @Audited("user.created")
    @Operation(
            operationId = "createUser",
            summary = "Create or invite a user",
            description =
                    "Without a password the answer has a ticket: with it the user chooses one by POST"
                            + " /password, within 7 days.")
    @RequestBodySchema(Request.class)
    @APIResponseSchema(
            value = UserAnswer.class,
            responseCode = "201",
            responseDescription = "The user")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "409",
            description = "conflict: a user with this address exists already")
    public Response create(InputStream body, @Context SecurityContext security) throws IOException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return AdminRights.forbidden();
        }
        return JsonBody.answer(body, MAX_BODY, fields -> create(fields, caller));
    }

    private Response create(Fields fields, Caller caller) {
        var email = ParseUser.email(fields);
        var role = ParseUser.role(fields).orElse(Role.MEMBER);
        var password = ParsePassword.optional(fields, "password");
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        if (!AdminRights.mayManage(caller, role)) {
            return AdminRights.forbidden();
        }
        return switch (users.create(caller.workspaceId(), email, role, password)) {
            case Users.Creation.Done(var created) -> created(created);
            case Users.Creation.EmailTaken _ ->
                    ProblemCode.CONFLICT.response("A user with this address exists already.");
            case Users.Creation.QuotaReached _ ->
                    ProblemCode.QUOTA_REACHED.response(
                            "Your workspace has the maximum number of users: delete those who have left.");
            case Users.Creation.Busy _ -> PasswordAnswers.busy();
        };
    }

    private Response created(Users.Created created) {
        return Response.created(URI.create("/users/" + created.user().id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(describe.of(created))
                .build();
    }
}
