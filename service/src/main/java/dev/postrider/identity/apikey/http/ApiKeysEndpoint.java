package dev.postrider.identity.apikey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.http.DeletedAnswer;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ListAnswer;
import dev.postrider.http.PageParameters;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.apikey.ApiKeys;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.page.Page;
import dev.postrider.postgres.NewId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api-keys}. */
@Path("/api-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class ApiKeysEndpoint {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_WORD = 40;
    private static final int STANDARD_RATE = 1_000;
    private static final int MAX_RATE = 100_000;
    private static final Set<String> FIELDS_OF_NEW =
            Set.of("name", "permission", "mailbox_id", "per_second", "compatible");

    /** SDKs repeat the id in the body. */
    private static final Set<String> FIELDS_OF_CHANGE =
            Set.of("name", "permission", "per_second", "id", "api_key_id");

    private final ApiKeys keys;

    ApiKeysEndpoint(ApiKeys keys) {
        this.keys = keys;
    }

    @Schema(name = "NewApiKey", requiredProperties = "name")
    record NewKey(
            @Schema(maxLength = ParseApiKey.MAX_NAME) String name,
            @Schema(
                            enumeration = {"full_access", "sending_access"},
                            defaultValue = "full_access")
                    String permission,
            @Schema(description = "The only mailbox that the key may use.")
                    @JsonProperty("mailbox_id")
                    UUID mailboxId,
            @Schema(
                            description = "Requests per second, on each node.",
                            minimum = "1",
                            maximum = "100000",
                            defaultValue = "1000")
                    @JsonProperty("per_second")
                    int perSecond,
            @Schema(
                            description =
                                    "Some tools accept only keys that begin with re_; this creates one.",
                            defaultValue = "false")
                    boolean compatible) {}

    @Schema(name = "ApiKeyCreated")
    record CreatedAnswer(
            UUID id, @Schema(description = "The key itself, shown this once.") String token) {
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
            summary = "Create an API key",
            description =
                    "It is used as a bearer token, acts for you, and works until it is deleted."
                            + " Unknown fields are refused, since they may be meant to restrict the key.")
    @RequestBodySchema(NewKey.class)
    @APIResponseSchema(
            value = CreatedAnswer.class,
            responseCode = "201",
            responseDescription = "The key, which can't be shown again")
    public Response create(InputStream body, @Context SecurityContext security) throws IOException {
        return JsonBody.answer(
                body, MAX_BODY, fields -> create(CallerContext.caller(security), fields));
    }

    private Response create(Caller caller, Fields fields) {
        ParseApiKey.refuseUnknown(fields, FIELDS_OF_NEW);
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
                            .entity(new CreatedAnswer(key.id(), secret.text()))
                            .build();
            case BAD_MAILBOX ->
                    Problem.invalid("mailbox_id", "must be the id of a mailbox that you may use")
                            .response();
            case QUOTA_REACHED ->
                    ProblemCode.QUOTA_REACHED.response(
                            "Your workspace has the maximum number of API keys: delete some that are not"
                                    + " used; GET /api-keys lists them.");
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

    @Schema(name = "ApiKeys")
    static final class KeyList extends ListAnswer<ApiKeyAnswer> {
        KeyList(Page.Items<ApiKeys.Listed> found) {
            super(found, ApiKeyAnswer::of);
        }
    }

    @GET
    @Operation(
            operationId = "listApiKeys",
            summary = "List API keys",
            description = "Yours, newest first; owners and admins see their whole workspace's.")
    @APIResponseSchema(value = KeyList.class, responseDescription = "A page")
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return parameters.answer(page -> new KeyList(keys.list(caller, page)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApiKey", summary = "Get an API key, without the key itself")
    @APIResponseSchema(value = ApiKeyAnswer.class, responseDescription = "What it may do")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Id.parse(id)
                .flatMap(uuid -> keys.find(CallerContext.caller(security), uuid))
                .map(key -> Response.ok(ApiKeyAnswer.of(key)).build())
                .orElseGet(ApiKeysEndpoint::notFound);
    }

    /** What it takes; what is left out stays. */
    @Schema(name = "ChangeApiKey")
    record KeyChange(
            @Schema(maxLength = ParseApiKey.MAX_NAME) @Nullable String name,
            @Schema(enumeration = {"full_access", "sending_access"}) @Nullable String permission,
            @Schema(
                            description = "Requests per second, on each node.",
                            minimum = "1",
                            maximum = "100000")
                    @JsonProperty("per_second")
                    @Nullable Integer perSecond) {}

    @Schema(name = "ApiKeyChanged")
    record ChangedAnswer(@Schema(examples = "api_key") String object, UUID id) {}

    @PATCH
    @Path("/{id}")
    @Audited("api_key.changed")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeApiKey",
            summary = "Rename an API key, or change its permission or its rate",
            description = "The key itself stays the same; the change counts from its next use on.")
    @RequestBodySchema(KeyChange.class)
    @APIResponseSchema(value = ChangedAnswer.class, responseDescription = "It is changed")
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        return JsonBody.answer(
                body, MAX_BODY, fields -> change(id, fields, CallerContext.caller(security)));
    }

    private Response change(String id, Fields fields, Caller caller) {
        ParseApiKey.refuseUnknown(fields, FIELDS_OF_CHANGE);
        var name =
                fields.has("name")
                        ? Optional.of(ParseApiKey.name(fields))
                        : Optional.<String>empty();
        var change =
                new ApiKeys.Change(
                        name,
                        ParseApiKey.permission(fields),
                        fields.optionalInt("per_second", 1, MAX_RATE));
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return Id.parse(id)
                .filter(uuid -> keys.change(caller, uuid, change))
                .map(uuid -> Response.ok(new ChangedAnswer("api_key", uuid)).build())
                .orElseGet(ApiKeysEndpoint::notFound);
    }

    @DELETE
    @Path("/{id}")
    @Audited("api_key.deleted")
    @Operation(
            operationId = "deleteApiKey",
            summary = "Revoke an API key",
            description = "Its next use is refused.")
    @APIResponseSchema(value = DeletedAnswer.class, responseDescription = "It is revoked")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        return Id.parse(id)
                .filter(uuid -> keys.delete(CallerContext.caller(security), uuid))
                .map(uuid -> DeletedAnswer.of("api_key", uuid))
                .orElseGet(ApiKeysEndpoint::notFound);
    }

    private static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "You have no API key with this id: GET /api-keys lists them.");
    }
}
