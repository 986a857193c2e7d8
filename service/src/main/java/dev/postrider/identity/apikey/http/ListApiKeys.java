package dev.postrider.identity.apikey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.identity.Identity;
import dev.postrider.identity.apikey.ApiKeyTable;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /api-keys}. */
@Path("/api-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class ListApiKeys {
    private static final int STANDARD_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private final Identity identity;

    ListApiKeys(Identity identity) {
        this.identity = identity;
    }

    /** What is answered. */
    @Schema(name = "ApiKeys")
    record Answer(
            @Schema(examples = "list") String object,
            @JsonProperty("has_more") boolean hasMore,
            List<Item> data) {}

    /** A key without its secret. */
    @Schema(name = "ApiKey")
    record Item(
            UUID id,
            String name,
            @Schema(enumeration = {"full_access", "sending_access"}) String permission,
            @Schema(nullable = true) @JsonProperty("mailbox_id") @Nullable UUID mailboxId,
            @JsonProperty("user_id") UUID userId,
            @JsonProperty("per_second") int perSecond,
            @JsonProperty("created_at") String createdAt,
            @Schema(nullable = true, description = "To the minute.") @JsonProperty("last_used_at")
                    @Nullable String lastUsedAt) {
        static Item of(ApiKeyTable.Listed key) {
            return new Item(
                    key.id(),
                    key.name(),
                    key.permission().text(),
                    key.mailboxId().orElse(null),
                    key.userId(),
                    key.perSecond(),
                    time(key.createdAt()),
                    key.lastUsedAt().map(Item::time).orElse(null));
        }

        private static String time(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }

    @GET
    @Operation(
            operationId = "listApiKeys",
            summary = "List API keys",
            description = "Yours, newest first; owners and admins see their whole workspace's.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Response list(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(description = "The last id of the page before this one.")
                    @QueryParam("after")
                    @Nullable String after,
            @Parameter(description = "The first id of the page behind this one.")
                    @QueryParam("before")
                    @Nullable String before,
            @Context SecurityContext security) {
        var errors = new ArrayList<Problem.FieldError>();
        var count = limit(limit, errors);
        var cursor = cursor("after", after, errors).or(() -> cursor("before", before, errors));
        if (after != null && before != null) {
            errors.add(new Problem.FieldError("before", "can't be together with after"));
        }
        if (!errors.isEmpty()) {
            return Problem.invalid(errors).response();
        }
        var isBefore = before != null;
        var found =
                identity.apiKeys()
                        .list(CallerContext.caller(security), cursor, isBefore, count + 1);
        var keys = found.subList(0, Math.min(count, found.size()));
        return Response.ok(
                        new Answer(
                                "list",
                                found.size() > count,
                                (isBefore ? keys.reversed() : keys)
                                        .stream().map(Item::of).toList()))
                .build();
    }

    private static int limit(@Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return STANDARD_LIMIT;
        }
        var limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            errors.add(
                    new Problem.FieldError(
                            "limit", "must be a whole number from 1 to " + MAX_LIMIT));
            return STANDARD_LIMIT;
        }
        return limit;
    }

    private static Optional<UUID> cursor(
            String name, @Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return Optional.empty();
        }
        var id = Id.parse(text);
        if (id.isEmpty()) {
            errors.add(new Problem.FieldError(name, "must be the id of an item of the list"));
        }
        return id;
    }
}
