package dev.postrider.identity.apikey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.ListAnswer;
import dev.postrider.http.PageParameters;
import dev.postrider.identity.apikey.ApiKeys;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.page.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /api-keys}. */
@Path("/api-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
final class ListApiKeys {
    private final ApiKeys keys;

    ListApiKeys(ApiKeys keys) {
        this.keys = keys;
    }

    @Schema(name = "ApiKeys")
    static final class Answer extends ListAnswer<Item> {
        Answer(Page.Items<ApiKeys.Listed> found) {
            super(found, Item::of);
        }
    }

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
        static Item of(ApiKeys.Listed key) {
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
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return parameters.answer(page -> new Answer(keys.list(caller, page)));
    }
}
