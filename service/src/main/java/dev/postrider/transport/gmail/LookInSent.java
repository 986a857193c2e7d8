package dev.postrider.transport.gmail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.email.ProviderIds;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Search;
import dev.postrider.transport.api.message.ApiMessage;
import dev.postrider.transport.api.reply.ApiReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks through what a mailbox has sent, newest first, until all are found or it is older. The list
 * by label is complete at once; a search isn't, would ask for a Message-ID that was replaced, and
 * is refused where only headers may be read. Of the list's messages only those are asked for that
 * aren't known already.
 */
final class LookInSent {
    /** A list costs 5 of the 6,000 units that a mailbox has a minute, whatever its length. */
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 100;

    /** Each message costs 20 units; beyond it nobody knows. */
    private static final int MOST = 250;

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private final Search search;
    private final Set<UUID> ids;
    private final Map<UUID, ProviderIds> found = new HashMap<>();
    private int asked;

    LookInSent(ApiCalls calls, ApiRequest request, String messages, Search search) {
        this.calls = calls;
        this.request = request;
        this.messages = messages;
        this.search = search;
        this.ids = search.ids();
    }

    /** What a page of the list came to. */
    private sealed interface Page {
        record Next(String token) implements Page {}

        record Last() implements Page {}

        record TooMany() implements Page {}

        record Failed(Call.NotAnswered why) implements Page {}

        /** Something else than the API has answered, with a page of its own. */
        record Unreadable() implements Page {}
    }

    /** What a message of the list came to. */
    private sealed interface Step {
        record On() implements Step {}

        record End(Page page) implements Step {}
    }

    Found find() {
        Page page = new Page.Next("");
        for (var i = 0; i < MOST_PAGES && page instanceof Page.Next(var token); i++) {
            page = page(token);
        }
        return switch (page) {
            case Page.Last() -> new Found.Some(found);
            case Page.TooMany() ->
                    tooMany("more than " + MOST + " messages since, beside those known here.");
            case Page.Next(_) -> tooMany("more than " + MOST_PAGES * PAGE + " messages since.");
            case Page.Unreadable() ->
                    new Found.Partly(found, "what was answered isn't one of its API.", true);
            case Page.Failed(var why) -> new Found.Failed(why);
        };
    }

    private Found tooMany(String howMany) {
        return new Found.Partly(found, "it has sent " + howMany, false);
    }

    private Page page(String token) {
        var next =
                token.isEmpty()
                        ? ""
                        : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return switch (get("?labelIds=SENT&maxResults=" + PAGE + next)) {
            case Call.Success(var list) -> page(list);
            case Call.NotAnswered failed -> new Page.Failed(failed);
        };
    }

    private Page page(ApiReply list) {
        if (!list.json().isObject()) {
            return new Page.Unreadable();
        }
        var listed = new ArrayList<String>();
        list.json().path("messages").forEach(each -> listed.add(each.path("id").asText()));
        var known = search.known().apply(listed);
        for (var id : listed) {
            var at = Optional.ofNullable(known.get(id));
            if (at.isEmpty()) {
                if (message(id) instanceof Step.End(var page)) {
                    return page;
                }
            } else if (at.get().isBefore(search.since())) {
                // it was sent before that even
                return new Page.Last();
            }
        }
        return list.text("nextPageToken").<Page>map(Page.Next::new).orElseGet(Page.Last::new);
    }

    private Step message(String id) {
        if (asked == MOST) {
            return new Step.End(new Page.TooMany());
        }
        asked++;
        return switch (ask(id)) {
            case Call.Success(var message) -> message(message.json());
            case Call.Refused gone when gone.reply().status() == 404 -> new Step.On();
            case Call.NotAnswered failed -> new Step.End(new Page.Failed(failed));
        };
    }

    private Step message(JsonNode message) {
        if (!message.path("internalDate").isTextual()) {
            return new Step.End(new Page.Unreadable());
        }
        if (isOlder(message)) {
            return new Step.End(new Page.Last());
        }
        id(message).filter(ids::contains).ifPresent(id -> found.put(id, ids(message)));
        return found.size() == ids.size() ? new Step.End(new Page.Last()) : new Step.On();
    }

    private Call ask(String id) {
        return get(
                "/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8)
                        + "?format=metadata&metadataHeaders="
                        + ApiMessage.ID_FIELD);
    }

    private boolean isOlder(JsonNode message) {
        return Instant.ofEpochMilli(message.path("internalDate").asLong()).isBefore(search.since());
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
