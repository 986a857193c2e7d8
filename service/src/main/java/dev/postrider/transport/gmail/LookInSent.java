package dev.postrider.transport.gmail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.email.ProviderIds;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Sought;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.reply.ApiReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks through what a mailbox has sent, newest first, until all are found or it is older. The list
 * by label is complete at once; a search isn't, would ask for a Message-ID that was replaced, and
 * is refused where only headers may be read.
 */
final class LookInSent {
    private static final int PAGE = 50;

    /** Each costs 20 of the 6,000 units that a mailbox has a minute; beyond it nobody knows. */
    private static final int MOST = 250;

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private final Map<UUID, ProviderIds> found = new HashMap<>();
    private int seen;

    LookInSent(ApiCalls calls, ApiRequest request, String messages) {
        this.calls = calls;
        this.request = request;
        this.messages = messages;
    }

    /** What a page of the list came to. */
    private sealed interface Page {
        record Next(String token) implements Page {}

        record Last() implements Page {}

        record Failed(Call.NotAnswered why) implements Page {}

        /** Something else than the API has answered, with a page of its own. */
        record Unreadable() implements Page {}
    }

    Found find(Set<Sought> sought, Instant since) {
        var ids = sought.stream().map(Sought::id).collect(Collectors.toSet());
        Page page = new Page.Next("");
        while (seen < MOST && page instanceof Page.Next(var token)) {
            page = page(token, ids, since);
        }
        return switch (page) {
            case Page.Last() -> new Found.Some(found);
            case Page.Next(_) ->
                    new Found.Partly(
                            found, "it has sent more than " + MOST + " messages since.", false);
            case Page.Unreadable() ->
                    new Found.Partly(found, "what was answered isn't one of its API.", true);
            case Page.Failed(var why) -> new Found.Failed(why);
        };
    }

    private Page page(String token, Set<UUID> ids, Instant since) {
        var next =
                token.isEmpty()
                        ? ""
                        : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return switch (get("?labelIds=SENT&maxResults=" + PAGE + next)) {
            case Call.Success(var list) -> page(list, ids, since);
            case Call.NotAnswered failed -> new Page.Failed(failed);
        };
    }

    private Page page(ApiReply list, Set<UUID> ids, Instant since) {
        if (!list.json().isObject()) {
            return new Page.Unreadable();
        }
        for (var each : list.json().path("messages")) {
            seen++;
            switch (message(each.path("id").asText())) {
                case Call.Success(var message) -> {
                    if (!message.json().path("internalDate").isTextual()) {
                        return new Page.Unreadable();
                    }
                    if (isOlder(message.json(), since)) {
                        return new Page.Last();
                    }
                    id(message.json())
                            .filter(ids::contains)
                            .ifPresent(id -> found.put(id, ids(message.json())));
                    if (found.size() == ids.size()) {
                        return new Page.Last();
                    }
                }
                case Call.Refused gone when gone.reply().status() == 404 -> {}
                case Call.NotAnswered failed -> {
                    return new Page.Failed(failed);
                }
            }
        }
        return list.text("nextPageToken").<Page>map(Page.Next::new).orElseGet(Page.Last::new);
    }

    private Call message(String id) {
        return get(
                "/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8)
                        + "?format=metadata&metadataHeaders="
                        + ApiMessage.ID_FIELD);
    }

    private static boolean isOlder(JsonNode message, Instant since) {
        return Instant.ofEpochMilli(message.path("internalDate").asLong()).isBefore(since);
    }

    private static Optional<UUID> id(JsonNode message) {
        for (var header : message.path("payload").path("headers")) {
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

    private static ProviderIds ids(JsonNode message) {
        return new ProviderIds(
                message.path("id").asText(),
                Optional.of(message.path("threadId").asText()).filter(id -> !id.isEmpty()));
    }

    private Call get(String rest) {
        return calls.call(token -> request.get(token, messages + rest));
    }
}
