package dev.postrider.identity.apikey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.apikey.ApiKeys;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.postgres.NewId;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /api-keys}. */
@Path("/api-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class CreateApiKey {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_WORD = 40;
    private static final Set<String> FIELDS =
            Set.of("name", "permission", "mailbox_id", "per_second", "compatible");
    private static final int STANDARD_RATE = 1_000;
    private static final int MAX_RATE = 100_000;

    private final ApiKeys keys;

    CreateApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    /** Describes the body. */
    @Schema(name = "NewApiKey", requiredProperties = "name")
    record Description(
            @Schema(maxLength = ParseApiKey.MAX_NAME) String name,
            @Schema(
                            enumeration = {"full_access", "sending_access"},
                            defaultValue = "full_access")
                    String permission,
            @Schema(description = "The only mailbox that the key may use.")
                    @JsonProperty("mailbox_id")
                    UUID mailboxId,
            @Schema(
                            description = "Requests a second, on each node.",
                            minimum = "1",
                            maximum = "100000",
                            defaultValue = "1000")
                    @JsonProperty("per_second")
                    int perSecond,
            @Schema(
                            description =
                                    "Some tools take only keys that begin with re_; this makes one.",
                            defaultValue = "false")
                    boolean compatible) {}

    /** What is answered. */
    @Schema(name = "ApiKeyCreated")
    record Answer(UUID id, @Schema(description = "The key itself, shown this once.") String token) {
        @Override
        public String toString() {
            return "(API key " + id + ")";
        }
    }

    @POST
    @Audited("api_key.created")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key",
            description =
                    "It is used as a bearer token, acts for you, and works until it is deleted. A field"
                            + " that isn't known here is refused: it may be meant to restrict the key.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Description.class)))
    @APIResponse(
            responseCode = "201",
            description = "The key, which can't be shown again",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Response create(InputStream body, @Context SecurityContext security) throws IOException {
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Rejected(var problem) -> problem.response();
            case JsonBody.Read.Json(var object) ->
                    create(CallerContext.caller(security), new Fields(object));
        };
    }

    private Response create(Caller caller, Fields fields) {
        ParseApiKey.refuseUnknown(fields, FIELDS);
        var key =
                new ApiKeys.NewKey(
                        NewId.get(),
                        ParseApiKey.name(fields),
                        ParseApiKey.permission(fields).orElse(ApiKey.Permission.FULL_ACCESS),
                        mailbox(fields),
                        fields.optionalInt("per_second", 1, MAX_RATE).orElse(STANDARD_RATE));
        var secret =
                OpaqueToken.random(
                        fields.optionalFlag("compatible", false)
                                ? OpaqueToken.Kind.COMPATIBLE_API_KEY
                                : OpaqueToken.Kind.API_KEY);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return switch (keys.insert(caller, key, secret)) {
            case DONE ->
                    Response.status(Response.Status.CREATED)
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .entity(new Answer(key.id(), secret.text()))
                            .build();
            case BAD_MAILBOX ->
                    Problem.invalid("mailbox_id", "must be the id of a mailbox that you may use")
                            .response();
            case QUOTA_REACHED ->
                    Problem.of(
                                    ProblemCode.QUOTA_REACHED,
                                    "Your workspace has as many API keys as it may: delete some"
                                            + " that are not used, GET /api-keys lists them.")
                            .response();
        };
    }

    private static Optional<UUID> mailbox(Fields fields) {
        return fields.optionalText("mailbox_id", MAX_WORD)
                .flatMap(text -> {
                    var id = Id.parse(text);
                    if (id.isEmpty()) {
                        fields.error("mailbox_id", "must be the id of a mailbox");
                    }
                    return id;
                });
    }
}
