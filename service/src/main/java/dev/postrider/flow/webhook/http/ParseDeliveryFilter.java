package dev.postrider.flow.webhook.http;

import dev.postrider.event.EventType;
import dev.postrider.flow.webhook.DeliveryFilter;
import dev.postrider.flow.webhook.DeliveryState;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.Id;
import dev.postrider.http.IsoTime;
import dev.postrider.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which deliveries a request wants; what is wrong is collected. */
final class ParseDeliveryFilter {
    private final Webhook webhook;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    ParseDeliveryFilter(Webhook webhook) {
        this.webhook = webhook;
    }

    /** What is wrong so far. */
    List<Problem.FieldError> errors() {
        return List.copyOf(errors);
    }

    DeliveryFilter read(DeliveryParameters wanted) {
        return new DeliveryFilter(
                states("state", split(wanted.state)),
                types("type", split(wanted.type)),
                email(wanted.emailId),
                time("created_after", Optional.ofNullable(wanted.createdAfter)),
                time("created_before", Optional.ofNullable(wanted.createdBefore)));
    }

    private static List<String> split(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    List<DeliveryState> states(String field, List<String> texts) {
        return all(
                texts,
                DeliveryState::of,
                () -> error(field, "must be of " + String.join(", ", DeliveryState.texts())));
    }

    /** One that it isn't told could only be found by going through all there is. */
    List<EventType> types(String field, List<String> texts) {
        return all(
                texts,
                text -> EventType.of(text).filter(webhook.events()::contains),
                () ->
                        error(
                                field,
                                "must be of the webhook's events: "
                                        + String.join(
                                                ", ",
                                                webhook.events().stream()
                                                        .map(EventType::text)
                                                        .toList())));
    }

    private static <T> List<T> all(
            List<String> texts, Function<String, Optional<T>> read, Runnable refuse) {
        var found = texts.stream().map(read).flatMap(Optional::stream).distinct().toList();
        if (texts.stream().map(read).anyMatch(Optional::isEmpty)) {
            refuse.run();
            return List.of();
        }
        return found;
    }

    private Optional<UUID> email(@Nullable String text) {
        var id = Optional.ofNullable(text).flatMap(Id::parse);
        if (text != null && id.isEmpty()) {
            error("email_id", "must be the id of an email");
        }
        return id;
    }

    Optional<Instant> time(String field, Optional<String> text) {
        var time = text.flatMap(IsoTime::parse);
        if (text.isPresent() && time.isEmpty()) {
            error(field, IsoTime.ERROR);
        }
        return time;
    }

    void error(String field, String message) {
        errors.add(new Problem.FieldError(field, message));
    }
}
