package dev.postrider.door.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.call.ApiRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Makes the page out of what the API has found. */
record ReadAudit(Visit visit, AuditQuery query) {
    static final String PATH = "/console/audit";
    private static final int LIMIT = 50;

    /** What its fields are called here. */
    private static final Map<String, String> FIELDS =
            Map.of("created_after", "from", "created_before", "until");

    private static final List<Map.Entry<String, String>> OUTCOMES =
            List.of(
                    Map.entry("done", "Done"),
                    Map.entry("refused", "Refused"),
                    Map.entry("failed", "Failed"),
                    Map.entry("unknown", "Not known"));

    /** A page, and whether it is what was asked for. */
    record Read(AuditPage page, boolean isGood) {}

    Read read() {
        if (!query.errors().isEmpty()) {
            return new Read(page(List.of(), false, query.errors()), false);
        }
        return switch (visit.api().get("/audit-log" + query.api(LIMIT))) {
            case ApiAnswer.Done(_, var json) ->
                    new Read(
                            page(
                                    StreamSupport.stream(json.path("data").spliterator(), false)
                                            .toList(),
                                    json.path("has_more").asBoolean(),
                                    Map.of()),
                            true);
            case ApiAnswer.Refused refused when refused.status() == 422 ->
                    new Read(page(List.of(), false, errors(refused)), false);
            case ApiAnswer.Refused refused -> throw new ApiRefusal(refused);
        };
    }

    private static Map<String, String> errors(ApiAnswer.Refused refused) {
        var errors = new LinkedHashMap<String, String>();
        refused.errors()
                .forEach((field, error) -> errors.put(FIELDS.getOrDefault(field, field), error));
        if (errors.isEmpty()) {
            errors.put("all", refused.detail());
        }
        return errors;
    }

    private AuditPage page(List<JsonNode> found, boolean hasMore, Map<String, String> errors) {
        var isBackward = query.forApi().containsKey("before");
        var hasOlder = isBackward || hasMore;
        var hasNewer = isBackward ? hasMore : !query.isFirst();
        return new AuditPage(
                query.fields(),
                errors,
                actions(),
                choices(OUTCOMES, "outcome"),
                found.stream().map(this::entry).toList(),
                visit.path(),
                PATH + "/export" + query.filters(),
                hasNewer && !found.isEmpty()
                        ? PATH + query.at("before", id(found.getFirst()))
                        : null,
                hasOlder && !found.isEmpty() ? PATH + query.at("after", id(found.getLast())) : null,
                query.isFiltered(),
                query.isFirst() && errors.isEmpty());
    }

    /** One that only a link asks for is shown as it stands. */
    private List<AuditPage.Choice> actions() {
        var actions = new ArrayList<>(choices(ActionWords.groups(), "action"));
        var wanted = query.fields().getOrDefault("action", "");
        if (!wanted.isEmpty() && actions.stream().noneMatch(AuditPage.Choice::isChosen)) {
            actions.add(new AuditPage.Choice(wanted, wanted, true));
        }
        return actions;
    }

    private List<AuditPage.Choice> choices(List<Map.Entry<String, String>> all, String field) {
        var chosen = query.fields().getOrDefault(field, "");
        return all.stream()
                .map(each ->
                        new AuditPage.Choice(
                                each.getKey(), each.getValue(), each.getKey().equals(chosen)))
                .toList();
    }

    private static String id(JsonNode entry) {
        return entry.path("id").asText();
    }

    private AuditPage.Entry entry(JsonNode entry) {
        var outcome = entry.path("outcome").asText();
        var action = entry.path("action").asText();
        var subjectId = Optional.ofNullable(entry.path("subject_id").asText(null));
        return new AuditPage.Entry(
                visit.time(entry.path("at").asText()),
                entry.path("actor").asText(),
                PATH
                        + AuditQuery.encoded(
                                Map.of(
                                        "actor",
                                        entry.path("actor_id")
                                                .asText(entry.path("actor").asText()))),
                ActionWords.told(action, action.equals("session.refused") ? "refused" : outcome),
                action,
                entry.path("subject").equals(entry.path("actor"))
                        ? ""
                        : entry.path("subject").asText(),
                subjectId
                        .map(id -> PATH + AuditQuery.encoded(Map.of("subject_id", id)))
                        .orElse(null),
                subjectId.flatMap(id -> page(entry.path("subject_kind").asText(), id)).orElse(null),
                outcome(outcome, entry.path("status")),
                tone(outcome),
                entry.path("address").asText(null));
    }

    private static Optional<String> page(String kind, String id) {
        return switch (kind) {
            case "email" -> Optional.of("/console/emails/" + id);
            case "mailbox" -> Optional.of("/console/mailboxes/" + id);
            case "webhook" -> Optional.of("/console/webhooks/" + id);
            case String _ -> Optional.empty();
        };
    }

    private static String outcome(String outcome, JsonNode status) {
        return switch (outcome) {
            case "done" -> "Done";
            case "refused" -> refused(status.asInt());
            case "failed" -> "Failed";
            case String _ -> "Not known: still being done, or cut off";
        };
    }

    private static String refused(int status) {
        return switch (status) {
            case 401, 403 -> "Refused: not allowed";
            case 404 -> "Refused: not there";
            case 409 -> "Refused: not possible then";
            case 422, 400 -> "Refused: invalid";
            case 429 -> "Refused: too many";
            default -> "Refused";
        };
    }

    private static String tone(String outcome) {
        return switch (outcome) {
            case "done" -> "good";
            case "failed" -> "bad";
            case String _ -> "warn";
        };
    }
}
