package dev.postrider.door.console.webhooks;

import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event with all calls that were made of it.
 *
 * @param hidden names of what only the endpoint gets, for a sentence
 */
public record DeliveryPage(
        String formToken,
        WebhookView webhook,
        DeliveryView delivery,
        List<Call> calls,
        String url,
        List<Header> headers,
        String body,
        @Nullable String hidden,
        @Nullable String alert) {
    public DeliveryPage {
        calls = List.copyOf(calls);
        headers = List.copyOf(headers);
    }

    /** A line of the request's head. */
    public record Header(String name, String value) {}

    /**
     * A call that has ended.
     *
     * @param tone good or bad
     * @param words what came of it
     * @param answer how the answer's body begins
     */
    public record Call(
            int number,
            Moment at,
            String tone,
            String words,
            String took,
            @Nullable String answer) {}
}
