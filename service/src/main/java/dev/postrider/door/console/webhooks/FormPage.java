package dev.postrider.door.console.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a webhook.
 *
 * @param id of the one that is changed; null for a new one
 * @param chosen the events that are ticked
 */
public record FormPage(
        String formToken,
        @Nullable String id,
        String endpoint,
        List<String> chosen,
        @Nullable String alert,
        Map<String, String> errors) {
    public FormPage {
        chosen = List.copyOf(chosen);
        errors = Map.copyOf(errors);
    }

    /** What was filled in, as the API takes it. */
    static ObjectNode wanted(ConsoleForm form) {
        var body = Api.object().put("endpoint", form.text("endpoint").orElse(""));
        var events = body.putArray("events");
        form.all("events").forEach(events::add);
        return body;
    }

    /** As it was filled in, and what is wrong with it. */
    static FormPage again(Visit visit, Optional<String> id, ApiAnswer.Refused refused) {
        var filled = visit.filled();
        return new FormPage(
                visit.formToken(),
                id.orElse(null),
                filled.text("endpoint").orElse(""),
                filled.all("events"),
                refused.errors().isEmpty() ? refused.detail() : null,
                refused.errors());
    }

    public List<EventWords.Group> groups() {
        return EventWords.ALL;
    }

    public boolean has(String type) {
        return chosen.contains(type);
    }

    /** Chosen over the API: names of other services' events, which never happen here. */
    public List<String> others() {
        return chosen.stream()
                .filter(type -> EventWords.all().noneMatch(each -> each.type().equals(type)))
                .toList();
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }
}
