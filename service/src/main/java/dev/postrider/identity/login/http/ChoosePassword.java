package dev.postrider.identity.login.http;

import dev.postrider.audit.NotAudited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
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
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /password}: the way in of who was invited or has forgotten. */
@Path("/password")
@RunOnVirtualThread
@WithoutToken
@SecurityRequirements
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
final class ChoosePassword {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_TICKET = 200;

    private final SetPassword setPassword;
    private final ClientAddress clientAddress;

    ChoosePassword(SetPassword setPassword, ClientAddress clientAddress) {
        this.setPassword = setPassword;
        this.clientAddress = clientAddress;
    }

    /** What it takes. */
    @Schema(name = "ChoosePassword")
    record Request(
            @Schema(required = true, description = "As you got it from an admin.") String ticket,
            @Schema(required = true, writeOnly = true, minLength = 8) String password) {
        @Override
        public String toString() {
            return "(a ticket and a password)";
        }
    }

    @POST
    @NotAudited("writes its entry itself, for a user who has no token yet")
    @Operation(
            operationId = "choosePassword",
            summary = "Choose a password with a ticket",
            description = "All sessions of the user end: log in again with the new password.")
    @RequestBodySchema(Request.class)
    @APIResponse(responseCode = "204", description = "The password is set")
    @APIResponse(
            responseCode = "422",
            description =
                    "Invalid fields, each one named; or a ticket that is unknown, used or expired")
    public Response choose(InputStream body, @Context HttpServerRequest from) throws IOException {
        return JsonBody.answer(body, MAX_BODY, fields -> choose(fields, from));
    }

    private Response choose(Fields fields, HttpServerRequest from) {
        var ticket = new OpaqueToken(fields.text("ticket", MAX_TICKET));
        var password = ParsePassword.needed(fields, "password");
        return fields.areValid()
                ? PasswordAnswers.of(
                        setPassword.withTicket(ticket, password, clientAddress.of(from)))
                : fields.problem().response();
    }
}
