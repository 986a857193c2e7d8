package dev.postrider.identity.user.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.Admins;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.user.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /me} and {@code POST /me/password}. */
@Path("/me")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
public final class Me {
    private static final int MAX_BODY = 16 * 1024;

    private final Users users;

    public Me(Users users) {
        this.users = users;
    }

    /** What a change of password takes. */
    @Schema(name = "ChangePassword")
    public record Request(
            @Schema(required = true, writeOnly = true) @JsonProperty("current_password")
                    String currentPassword,
            @Schema(required = true, writeOnly = true, minLength = 8) @JsonProperty("new_password")
                    String newPassword) {
        @Override
        public String toString() {
            return "(two passwords)";
        }
    }

    @GET
    @Operation(operationId = "getMe", summary = "See who you are")
    @APIResponse(
            responseCode = "200",
            description = "You",
            content = @Content(schema = @Schema(implementation = UserAnswer.class)))
    public Response get(@Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return users.find(caller.workspaceId(), caller.userId())
                .map(user -> Response.ok(UserAnswer.of(user)).build())
                .orElseGet(Admins::notFound);
    }

    @POST
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("user.password_changed")
    @Operation(
            operationId = "changePassword",
            summary = "Change your password",
            description = "All your sessions end, this one too; log in with the new password then.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(responseCode = "204", description = "It is changed")
    @APIResponse(
            responseCode = "422",
            description = "Bad fields, each named; the current password is wrong")
    public Response changePassword(InputStream body, @Context SecurityContext security)
            throws IOException {
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) ->
                    change(new Fields(object), CallerContext.caller(security));
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response change(Fields fields, Caller caller) {
        var current = fields.text("current_password", 2 * Passwords.MAX_LENGTH);
        var next = ReadUser.password(fields, "new_password");
        if (next.isEmpty() && !fields.has("new_password")) {
            fields.error("new_password", "is missing");
        }
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return switch (users.changePassword(caller, current, next.orElseThrow())) {
            case Passwords.Verdict.Right _ -> Response.noContent().build();
            case Passwords.Verdict.Wrong _ ->
                    Problem.invalid("current_password", "is wrong").response();
            case Passwords.Verdict.Busy _ -> busy();
        };
    }

    public static Response busy() {
        return Response.fromResponse(
                        Problem.of(
                                        ProblemCode.UNAVAILABLE,
                                        "Too many passwords are being checked at once: try again in a"
                                                + " moment.")
                                .response())
                .header(HttpHeaders.RETRY_AFTER, 2)
                .build();
    }
}
