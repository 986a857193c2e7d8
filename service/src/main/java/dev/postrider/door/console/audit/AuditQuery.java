package dev.postrider.door.console.audit;

import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page was asked for: the fields of its form as they were filled in, and the same for the
 * API, which reads times with their zone.
 *
 * @param fields without those that were left empty
 * @param errors by the field's name
 */
record AuditQuery(
        Map<String, String> fields, Map<String, String> forApi, Map<String, String> errors) {
    private static final List<String> FILTERS =
            List.of("actor", "action", "subject_kind", "subject_id", "outcome", "address");

    static AuditQuery of(Visit visit, MultivaluedMap<String, String> asked) {
        var fields = new LinkedHashMap<String, String>();
        var forApi = new LinkedHashMap<String, String>();
        var errors = new LinkedHashMap<String, String>();
        for (var name : FILTERS) {
            var text = text(asked, name);
            if (!text.isEmpty()) {
                fields.put(name, text);
                forApi.put(name, text);
            }
        }
        time(visit, asked, "from", "created_after", fields, forApi, errors);
        time(visit, asked, "until", "created_before", fields, forApi, errors);
        for (var name : List.of("after", "before")) {
            var text = text(asked, name);
            if (!text.isEmpty()) {
                forApi.put(name, text);
            }
        }
        return new AuditQuery(fields, forApi, errors);
    }

    private static String text(MultivaluedMap<String, String> asked, String name) {
        var text = asked.getFirst(name);
        return text == null ? "" : text.strip();
    }

    /** As {@code datetime-local} has it, in the reader's zone; or a whole time, in a link. */
    private static void time(
            Visit visit,
            MultivaluedMap<String, String> asked,
            String name,
            String ofApi,
            Map<String, String> fields,
            Map<String, String> forApi,
            Map<String, String> errors) {
        var text = text(asked, name);
        if (text.isEmpty()) {
            return;
        }
        fields.put(name, text);
        try {
            forApi.put(ofApi, instant(visit, text).toString());
        } catch (DateTimeException _) {
            errors.put(name, "Give a day and a time, such as 2026-12-24T18:00.");
        }
    }

    private static Instant instant(Visit visit, String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).atZone(visit.zone()).toInstant();
    }

    boolean isFiltered() {
        return !fields.isEmpty();
    }

    /** Whether it is the newest page. */
    boolean isFirst() {
        return !forApi.containsKey("after") && !forApi.containsKey("before");
    }

    /** Without the page. */
    String filters() {
        return encoded(fields);
    }

    /** The same filters, elsewhere in the list. */
    String at(String cursor, String id) {
        var all = new LinkedHashMap<>(fields);
        all.put(cursor, id);
        return encoded(all);
    }

    String api(int limit) {
        var all = new LinkedHashMap<>(forApi);
        all.put("limit", String.valueOf(limit));
        return encoded(all);
    }

    /** For the file, which has no pages. */
    String export() {
        var all = new LinkedHashMap<>(forApi);
        all.remove("after");
        all.remove("before");
        return encoded(all);
    }

    static String encoded(Map<String, String> fields) {
        return fields.isEmpty() ? "" : "?" + Url.query(fields);
    }
}
