package dev.postrider.identity.login.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.Caller;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.Passwords;
import dev.postrider.identity.login.SetPassword;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /me/password}. */
@Path("/me/password")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
final class ChangePassword {
    private static final int MAX_BODY = 16 * 1024;

    private final SetPassword setPassword;
    private final ClientAddress clientAddress;

    ChangePassword(SetPassword setPassword, ClientAddress clientAddress) {
        this.setPassword = setPassword;
        this.clientAddress = clientAddress;
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

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NotForApiKeys
    @Audited("user.password_changed")
    @Operation(
            operationId = "changePassword",
            summary = "Change your password",
            description =
                    "All your sessions end, including this one: log in again with the new"
                            + " password.")
    @RequestBodySchema(Request.class)
    @APIResponse(responseCode = "204", description = "It is changed")
    @APIResponse(
            responseCode = "422",
            description = "Invalid fields, each one named; or the current password is wrong")
    @APIResponse(
            responseCode = "429",
            description = "Too many wrong passwords: wait as long as Retry-After says")
    public Response changePassword(
            InputStream body, @Context SecurityContext security, @Context HttpServerRequest from)
            throws IOException {
        return JsonBody.answer(
                body,
                MAX_BODY,
                fields -> change(fields, CallerContext.caller(security), clientAddress.of(from)));
    }

    private Response change(Fields fields, Caller caller, String address) {
        var current = fields.text("current_password", 2 * Passwords.MAX_LENGTH);
        var next = ParsePassword.needed(fields, "new_password");
        return fields.areValid()
                ? PasswordAnswers.of(setPassword.withCurrent(caller, current, next, address))
                : fields.problem().response();
    }
}
