package dev.postrider.transport.gmail;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks through what a mailbox has sent, newest first, until all are found or it is older. The list
 * by label is complete at once; a search isn't, and would ask for a Message-ID that was replaced.
 */
final class LookInSent {
    private static final int PAGE = 50;

    /** Beyond this nobody knows: a mailbox whose user sends more meanwhile is none of people. */
    private static final int MOST_PAGES = 10;

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private final Map<UUID, ProviderIds> found = new HashMap<>();

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
    }

    Found find(Set<Sought> sought, Instant since) {
        var ids = sought.stream().map(Sought::id).collect(Collectors.toSet());
        Page page = new Page.Next("");
        for (var i = 0; i < MOST_PAGES && page instanceof Page.Next(var token); i++) {
            page = page(token, ids, since);
        }
        return page instanceof Page.Failed(var why) ? new Found.Failed(why) : new Found.Some(found);
    }

    private Page page(String token, Set<UUID> ids, Instant since) {
        var next =
                token.isEmpty()
                        ? ""
                        : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return switch (get("?labelIds=SENT&maxResults=" + PAGE + next)) {
            case Call.Success(var list) -> {
                for (var each : list.json().path("messages")) {
                    switch (get(
                            "/"
                                    + URLEncoder.encode(
                                            each.path("id").asText(), StandardCharsets.UTF_8)
                                    + "?format=metadata&metadataHeaders="
                                    + ApiMessage.ID_FIELD)) {
                        case Call.Success(var message) -> {
                            if (isOlder(message.json(), since)) {
                                yield new Page.Last();
                            }
                            id(message.json())
                                    .filter(ids::contains)
                                    .ifPresent(id -> found.put(id, ids(message.json())));
                            if (found.size() == ids.size()) {
                                yield new Page.Last();
                            }
                        }
                        case Call.Refused gone when gone.reply().status() == 404 -> {}
                        case Call.NotAnswered failed -> {
                            yield new Page.Failed(failed);
                        }
                    }
                }
                yield list.text("nextPageToken")
                        .<Page>map(Page.Next::new)
                        .orElseGet(Page.Last::new);
            }
            case Call.NotAnswered failed -> new Page.Failed(failed);
        };
    }

    private static boolean isOlder(JsonNode message, Instant since) {
        return Instant.ofEpochMilli(message.path("internalDate").asLong(Long.MAX_VALUE / 2))
                .isBefore(since);
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
