package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the page of a webhook out of what the API says of it. */
record ReadWebhook(Visit visit, String id, ListParameters asked) {
    private static final String PAGE_SIZE = "25";

    WebhookPage page() {
        return page(Optional.empty());
    }

    /**
     * @param refused what came of a form of the page
     */
    WebhookPage page(Optional<ApiAnswer.Refused> refused) {
        var webhook = WebhookView.of(visit.api().read(WebhookEndpoint.api(id)), visit);
        var filter = filter();
        return switch (visit.api().get(WebhookEndpoint.api(id) + "/deliveries?" + query(filter))) {
            case ApiAnswer.Done(_, var list) ->
                    page(webhook, filter, list, refused, refused.map(ReadWebhook::alert));
            case ApiAnswer.Refused wrong ->
                    page(
                            webhook,
                            filter,
                            MissingNode.getInstance(),
                            refused,
                            Optional.of(unlisted(wrong)));
        };
    }

    /** What is wrong with a field stands beside it. */
    private static String alert(ApiAnswer.Refused refused) {
        return refused.errors().isEmpty() ? refused.detail() : "";
    }

    private static String unlisted(ApiAnswer.Refused refused) {
        return "This can't be looked for: "
                + refused.errors().entrySet().stream()
                        .map(error -> error.getKey() + " " + error.getValue())
                        .collect(Collectors.joining("; "));
    }

    private WebhookPage page(
            WebhookView webhook,
            WebhookPage.Filter filter,
            JsonNode list,
            Optional<ApiAnswer.Refused> refused,
            Optional<String> alert) {
        var deliveries =
                list.path("data").valueStream().map(each -> DeliveryView.of(each, visit)).toList();
        return new WebhookPage(
                visit.formToken(),
                webhook,
                deliveries,
                filter,
                newer(filter, deliveries, list),
                older(filter, deliveries, list),
                asked.after == null && asked.before == null && refused.isEmpty(),
                own(filter, Map.of()),
                done(),
                alert.filter(text -> !text.isEmpty()).orElse(null),
                refused.isPresent() ? filled() : Map.of(),
                refused.map(ApiAnswer.Refused::errors).orElse(Map.of()));
    }

    private Map<String, String> filled() {
        var values = new HashMap<String, String>();
        visit.filled().fields().forEach((name, given) -> values.put(name, given.getFirst()));
        return values;
    }

    private @Nullable String done() {
        var count =
                asked.replayed == null || !asked.replayed.matches("[0-9]{1,6}")
                        ? null
                        : Integer.valueOf(asked.replayed);
        return switch (count) {
            case null -> null;
            case 0 -> "Nothing was found to send again.";
            case 1 -> "1 event is on its way once more.";
            case Integer many -> "%,d events are on their way once more.".formatted(many);
        };
    }

    private WebhookPage.Filter filter() {
        return new WebhookPage.Filter(
                given(asked.state), given(asked.type), given(asked.from), given(asked.until));
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private String query(WebhookPage.Filter filter) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("limit", PAGE_SIZE);
        parameters.put("state", filter.state());
        parameters.put("type", filter.type());
        parameters.put("created_after", time(filter.from()));
        parameters.put("created_before", time(filter.until()));
        parameters.put("after", given(asked.after));
        parameters.put("before", given(asked.before));
        return Url.query(parameters);
    }

    private String time(String local) {
        return LocalTimes.read(Optional.of(local).filter(text -> !text.isEmpty()), visit)
                .orElse("");
    }

    private @Nullable String older(
            WebhookPage.Filter filter, List<DeliveryView> shown, JsonNode list) {
        var isMore = asked.before != null || list.path("has_more").asBoolean();
        return isMore && !shown.isEmpty()
                ? own(filter, Map.of("after", shown.getLast().id()))
                : null;
    }

    private @Nullable String newer(
            WebhookPage.Filter filter, List<DeliveryView> shown, JsonNode list) {
        var isMore =
                asked.after != null || (asked.before != null && list.path("has_more").asBoolean());
        return isMore && !shown.isEmpty()
                ? own(filter, Map.of("before", shown.getFirst().id()))
                : null;
    }

    /** This page's URL, with a cursor. */
    private String own(WebhookPage.Filter filter, Map<String, String> cursor) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("state", filter.state());
        parameters.put("type", filter.type());
        parameters.put("from", filter.from());
        parameters.put("until", filter.until());
        parameters.putAll(cursor);
        var query = Url.query(parameters);
        return "/console/webhooks/" + Url.encode(id) + (query.isEmpty() ? "" : "?" + query);
    }
}
