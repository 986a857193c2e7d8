package dev.postrider.door.console.webhooks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One webhook with what it was told.
 *
 * @param filter what the list is of, as it stands in the page's URL
 * @param older the URL of the page behind this one
 * @param isLive whether the list is looked at again and again
 * @param done what was done just now, where that has a number in it
 * @param values of the form that is wrong
 */
public record WebhookPage(
        String formToken,
        WebhookView webhook,
        List<DeliveryView> deliveries,
        Filter filter,
        @Nullable String newer,
        @Nullable String older,
        boolean isLive,
        String path,
        @Nullable String done,
        @Nullable String alert,
        Map<String, String> values,
        Map<String, String> errors) {
    public WebhookPage {
        deliveries = List.copyOf(deliveries);
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
    }

    /** Which deliveries. */
    public record Filter(String state, String type, String from, String until) {
        static final Filter NONE = new Filter("", "", "", "");

        public boolean isAny() {
            return !equals(NONE);
        }
    }

    /** Something to choose. */
    public record Choice(String value, String label, boolean isChosen) {}

    public List<Choice> states() {
        return List.of(
                choice("", "All", filter.state()),
                choice("failed", "Failed", filter.state()),
                choice("pending", "Waiting", filter.state()),
                choice("delivered", "Delivered", filter.state()));
    }

    public List<Choice> types() {
        return Stream.concat(
                        Stream.of(choice("", "All", filter.type())),
                        webhook.events().stream()
                                .map(type -> choice(type, EventWords.label(type), filter.type())))
                .toList();
    }

    private static Choice choice(String value, String label, String chosen) {
        return new Choice(value, label, value.equals(chosen));
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }
}
