package dev.postrider.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.email.ProviderIds;
import dev.postrider.transport.api.ApiCalls;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.MailApi.Found;
import dev.postrider.transport.api.MailApi.Sought;
import dev.postrider.transport.api.reply.ApiReply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks for emails in Sent Items: by Message-ID, which may have been replaced, and else by {@code
 * X-Postrider-Id} in each item since, page by page. What it can't see of them it says.
 */
final class LookInSentItems {
    /** Their header fields come along: a page stays well under what an answer may have. */
    private static final int PAGE = 25;

    private static final int MOST_PAGES = 20;

    private static final String FIELDS =
            "&$select=id,conversationId,internetMessageId,internetMessageHeaders";

    private static final Found UNREADABLE =
            new Found.Partly(Map.of(), "what was answered isn't one of its API.", true);

    private final ApiCalls calls;
    private final ApiRequest request;
    private final String messages;
    private final ReadItemId read;
    private final Map<UUID, ProviderIds> found = new HashMap<>();
    private boolean isAllSeen = true;

    LookInSentItems(ApiCalls calls, ApiRequest request, String user) {
        this.calls = calls;
        this.request = request;
        this.messages = user + "/mailFolders/sentitems/messages";
        this.read = new ReadItemId(calls, request, user);
    }

    Found find(Set<Sought> sought, Instant since) {
        for (var each : sought) {
            // a quote is doubled in a filter's text
            var filter = "internetMessageId eq '" + each.messageId().replace("'", "''") + "'";
            switch (get(list(filter, ""))) {
                case Call.Success(var reply) -> {
                    if (!isPage(reply)) {
                        return UNREADABLE;
                    }
                    items(reply).forEach(item -> found.put(each.id(), ids(item)));
                }
                case Call.NotAnswered failed -> {
                    return new Found.Failed(failed);
                }
            }
        }
        return found.size() == sought.size() ? new Found.Some(found) : byField(sought, since);
    }

    private Found byField(Set<Sought> sought, Instant since) {
        var ids = sought.stream().map(Sought::id).collect(Collectors.toSet());
        var next =
                Optional.of(
                        list(
                                "sentDateTime ge " + since.truncatedTo(ChronoUnit.SECONDS),
                                "&$orderby=sentDateTime%20desc&$top=" + PAGE));
        for (var i = 0; i < MOST_PAGES && next.isPresent(); i++) {
            switch (get(next.get())) {
                case Call.Success(var reply) -> {
                    if (!isPage(reply)) {
                        return UNREADABLE;
                    }
                    var failed = identify(reply, ids);
                    if (failed.isPresent()) {
                        return new Found.Failed(failed.get());
                    }
                    if (found.size() == ids.size()) {
                        return new Found.Some(found);
                    }
                    try {
                        next = next(reply);
                    } catch (IllegalArgumentException _) {
                        return UNREADABLE;
                    }
                }
                case Call.NotAnswered failed -> {
                    return new Found.Failed(failed);
                }
            }
        }
        if (next.isPresent()) {
            return new Found.Partly(
                    found,
                    "it has sent more than " + MOST_PAGES * PAGE + " messages since.",
                    false);
        }
        return isAllSeen
                ? new Found.Some(found)
                : new Found.Partly(
                        found, "the header of some that it has sent since can't be read.", false);
    }

    /** Puts those that are sought to what was found; a call that failed ends the look. */
    private Optional<Call.NotAnswered> identify(ApiReply page, Set<UUID> ids) {
        for (var item : items(page)) {
            switch (read.of(item)) {
                case ReadItemId.Id.Known(var id) -> {
                    if (ids.contains(id)) {
                        found.put(id, ids(item));
                    }
                }
                case ReadItemId.Id.None() -> {}
                case ReadItemId.Id.Hidden() -> isAllSeen = false;
                case ReadItemId.Id.Failed(var why) -> {
                    return Optional.of(why);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isPage(ApiReply reply) {
        return reply.json().path("value").isArray();
    }

    private static JsonNode items(ApiReply reply) {
        return reply.json().path("value");
    }

    /** Where the list goes on, at this mailbox's API whatever host the link names. */
    private static Optional<String> next(ApiReply reply) {
        return reply.text("@odata.nextLink")
                .map(URI::create)
                .map(link -> link.getRawPath() + "?" + link.getRawQuery());
    }

    private static ProviderIds ids(JsonNode item) {
        return new ProviderIds(
                item.path("id").asText(),
                Optional.of(item.path("conversationId").asText()).filter(id -> !id.isEmpty()));
    }

    private String list(String filter, String more) {
        return messages
                + "?$filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20")
                + FIELDS
                + more;
    }

    private Call get(String target) {
        return calls.call(token -> request.get(token, target));
    }
}
