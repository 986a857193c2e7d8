package dev.postrider.http.openapi;

import dev.postrider.http.Problem;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlow;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlows;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What {@code /openapi.json} says of the whole; its scanner looks for that on an Application. */
@OpenAPIDefinition(
        components =
                @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)),
        info =
                @Info(
                        title = "Postrider",
                        version = "", // application.properties gives the program's
                        description =
                                "Sends email as your users, through their own mailboxes, with one"
                                        + " HTTP call. Log in at `POST /token`, connect a mailbox at"
                                        + " `POST /mailboxes`, send with `POST /smtp/send-email`. Every"
                                        + " error is one JSON object; its `code` is stable.",
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        security = {@SecurityRequirement(name = "login"), @SecurityRequirement(name = "token")})
@SecurityScheme(
        securitySchemeName = "login",
        type = SecuritySchemeType.OAUTH2,
        description = "An email address and a password.",
        flows = @OAuthFlows(password = @OAuthFlow(tokenUrl = "/token", refreshUrl = "/token")))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token that you have already.")
public final class ApiDescription extends Application {}
