package dev.postrider.installation.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ProblemCode;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.installation.StoredPublicUrl;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PATCH /installation}. */
@Path("/installation")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Installation")
final class ChangeInstallation {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_URL = 500;
    private static final String URL = "public_url";

    private final StoredPublicUrl stored;
    private final PublicUrl publicUrl;
    private final GetInstallation getInstallation;

    ChangeInstallation(
            StoredPublicUrl stored, PublicUrl publicUrl, GetInstallation getInstallation) {
        this.stored = stored;
        this.publicUrl = publicUrl;
        this.getInstallation = getInstallation;
    }

    /** What it takes. */
    @Schema(name = "ChangeInstallation")
    record Request(
            @Schema(
                            required = true,
                            examples = "https://mail.example.com",
                            description =
                                    "Where clients and browsers reach it: https, or http for this machine"
                                            + " alone. With a path if a proxy puts it below one.")
                    @JsonProperty(URL)
                    String publicUrl) {}

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @NotForApiKeys
    @Audited("installation.changed")
    @Operation(
            operationId = "changeInstallation",
            summary = "Say where the installation is reached",
            description =
                    "Connect links and links in emails begin so. Other nodes follow within some"
                            + " seconds. What the operator's environment says (`POSTRIDER_PUBLIC_URL`) can't"
                            + " be changed here.")
    @RequestBodySchema(Request.class)
    @APIResponseSchema(
            value = InstallationAnswer.class,
            responseDescription = "The installation as it is now")
    @APIResponse(responseCode = "403", description = "You don't run this installation")
    @APIResponse(responseCode = "409", description = "The operator's environment says it")
    public Response change(InputStream body, @Context SecurityContext security) throws IOException {
        if (!CallerContext.caller(security).isOperator()) {
            return GetInstallation.notTheirs();
        }
        return JsonBody.answer(body, MAX_BODY, this::change);
    }

    private Response change(Fields fields) {
        var text = fields.text(URL, MAX_URL);
        var url = PublicUrl.parse(text).filter(PublicUrl::isSafe);
        if (!fields.names(URL) && url.isEmpty()) {
            fields.error(
                    URL,
                    "must be such as https://mail.example.com, without a query; http is for this"
                            + " machine alone (http://localhost:8080)");
        }
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        if (publicUrl.fixed().isPresent()) {
            return ProblemCode.CONFLICT.response(
                    "POSTRIDER_PUBLIC_URL says where this installation is reached: change it there.");
        }
        url.ifPresent(stored::put);
        return getInstallation.answer();
    }
}
