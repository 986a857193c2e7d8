package dev.postrider.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.email.ProviderIds;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Sought;
import dev.postrider.transport.api.message.ApiMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks for emails in Sent Items: by Message-ID, which may have been replaced, and else by {@code
 * X-Postrider-Id} among what was sent since.
 */
final class LookInSentItems {
    private static final int MOST = 100;
    private static final String FIELDS =
            "&$select=id,conversationId,internetMessageId,internetMessageHeaders";

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private final Map<UUID, ProviderIds> found = new HashMap<>();

    LookInSentItems(ApiCalls calls, ApiRequest request, String user) {
        this.calls = calls;
        this.request = request;
        this.messages = user + "/mailFolders/sentitems/messages";
    }

    Found find(Set<Sought> sought, Instant since) {
        for (var each : sought) {
            // a quote is doubled in a filter's text
            var filter = "internetMessageId eq '" + each.messageId().replace("'", "''") + "'";
            switch (list(filter, "")) {
                case Call.Success(var reply) ->
                        reply.json().path("value").forEach(item -> found.put(each.id(), ids(item)));
                case Call.NotAnswered failed -> {
                    return new Found.Failed(failed);
                }
            }
        }
        return found.size() == sought.size() ? new Found.Some(found) : byField(sought, since);
    }

    private Found byField(Set<Sought> sought, Instant since) {
        return switch (list(
                "sentDateTime ge " + since.truncatedTo(ChronoUnit.SECONDS),
                "&$orderby=sentDateTime%20desc&$top=" + MOST)) {
            case Call.Success(var reply) -> {
                for (var item : reply.json().path("value")) {
                    id(item).filter(id -> sought.stream().anyMatch(each -> each.id().equals(id)))
                            .ifPresent(id -> found.put(id, ids(item)));
                }
                yield new Found.Some(found);
            }
            case Call.NotAnswered failed -> new Found.Failed(failed);
        };
    }

    private static Optional<UUID> id(JsonNode item) {
        for (var header : item.path("internetMessageHeaders")) {
            if (header.path("name").asText().equalsIgnoreCase(ApiMessage.ID_FIELD)) {
                try {
                    return Optional.of(UUID.fromString(header.path("value").asText().strip()));
                } catch (IllegalArgumentException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static ProviderIds ids(JsonNode item) {
        return new ProviderIds(
                item.path("id").asText(),
                Optional.of(item.path("conversationId").asText()).filter(id -> !id.isEmpty()));
    }

    private Call list(String filter, String more) {
        return calls.call(token ->
                request.get(
                        token,
                        messages
                                + "?$filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8)
                                        .replace("+", "%20")
                                + FIELDS
                                + more));
    }
}
