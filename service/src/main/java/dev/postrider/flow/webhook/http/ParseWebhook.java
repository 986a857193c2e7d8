package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.postrider.event.EventType;
import dev.postrider.flow.webhook.Endpoint;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.Fields;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and checks what a request says of a webhook; what is wrong is left in the fields. */
@Singleton
final class ParseWebhook {
    private static final int MAX_ENDPOINT = 2048;

    private final OutboundGuard guard;

    ParseWebhook(OutboundGuard guard) {
        this.guard = guard;
    }

    Optional<Endpoint> endpoint(UUID workspace, Fields fields) throws InterruptedException {
        var text = fields.text("endpoint", MAX_ENDPOINT);
        if (!fields.areValid()) {
            return Optional.empty();
        }
        var endpoint = Endpoint.parse(text);
        if (endpoint.isEmpty()) {
            fields.error("endpoint", "must be an https URL with a host, without user and fragment");
            return endpoint;
        }
        switch (endpoint.get().resolve(guard, workspace)) {
            case Resolution.Reachable _ -> {}
            case Resolution.Unresolved(var reason) -> fields.error("endpoint", reason);
            case Resolution.Refused(var reason) ->
                    fields.error(
                            "endpoint",
                            endpoint.get().isTls()
                                    ? reason
                                    : "must be https, unless the operator lists its address in"
                                            + " POSTRIDER_OUTBOUND_ALLOW");
        }
        return endpoint;
    }

    List<EventType> events(Fields fields) {
        return switch (fields.node("events").orElse(null)) {
            case null -> {
                fields.error("events", "is missing");
                yield List.of();
            }
            case ArrayNode texts when !texts.isEmpty() -> events(texts, fields);
            case JsonNode _ -> {
                fields.error("events", "must be an array of at least one event");
                yield List.of();
            }
        };
    }

    private static List<EventType> events(ArrayNode texts, Fields fields) {
        var types = new LinkedHashSet<EventType>();
        for (var text : texts) {
            var type = EventType.of(text.asText());
            if (type.isEmpty()) {
                fields.error(
                        "events",
                        "has an unknown event; the events are "
                                + String.join(", ", EventType.texts()));
                return List.of();
            }
            types.add(type.get());
        }
        return List.copyOf(types);
    }

    /** The webhook as the request wants it. */
    Webhook changed(Webhook before, Fields fields) throws InterruptedException {
        var endpoint =
                fields.has("endpoint")
                        ? endpoint(before.workspaceId(), fields).orElse(before.endpoint())
                        : before.endpoint();
        var events = fields.has("events") ? events(fields) : before.events();
        return before.with(endpoint, events, status(fields).orElse(before.status()));
    }

    Optional<Webhook.Status> status(Fields fields) {
        var text = fields.optionalText("status", 16);
        var status = text.flatMap(Webhook.Status::of);
        if (text.isPresent() && status.isEmpty()) {
            fields.error("status", "must be \"enabled\" or \"disabled\"");
        }
        return status;
    }
}
