package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the list is searched for, as the form says it and as the URL keeps it.
 *
 * @param fields what is filled in
 * @param mailbox whose emails are looked for
 * @param place the cursor of the API's page, "after" or "before" and an id
 */
record EmailSearch(
        Map<String, String> fields, Optional<Choice> mailbox, Map<String, String> place) {
    private static final String MAILBOX = "mailbox_id";

    private static final List<String> NAMES =
            List.of("recipient", "sender", "subject", "state", MAILBOX, "tag", "from", "to");

    static EmailSearch of(MultivaluedMap<String, String> query, Visit visit) {
        var fields = some(query, NAMES);
        var mailbox = Optional.ofNullable(fields.get(MAILBOX)).map(Choose.mailbox(visit)::find);
        mailbox.ifPresent(found -> fields.put(MAILBOX, found.text()));
        return new EmailSearch(fields, mailbox, some(query, List.of("after", "before")));
    }

    private static Map<String, String> some(
            MultivaluedMap<String, String> query, List<String> names) {
        var some = new LinkedHashMap<String, String>();
        for (var name : names) {
            Optional.ofNullable(query.getFirst(name))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> some.put(name, text));
        }
        return some;
    }

    String value(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** For the page's own links; begins with a question mark unless there is nothing to say. */
    String query() {
        return fields.isEmpty() ? "" : "?" + Url.query(fields);
    }

    /** The same at another place of the list. */
    String queryAt(String where, String cursor) {
        var all = new LinkedHashMap<>(fields);
        all.put(where, cursor);
        return "?" + Url.query(all);
    }

    /** The API's path. */
    String path(int limit, ZoneId zone) {
        var all = filter(zone);
        all.putAll(place);
        all.put("limit", String.valueOf(limit));
        return "/emails?" + Url.query(all);
    }

    /** The same as the body of a change has it. */
    ObjectNode body(ZoneId zone) {
        var body = Api.object();
        filter(zone).forEach(body::put);
        return body;
    }

    private Map<String, String> filter(ZoneId zone) {
        var filter = new LinkedHashMap<>(fields);
        mailbox.ifPresent(found -> filter.put(MAILBOX, found.id()));
        Optional.ofNullable(filter.remove("from"))
                .ifPresent(day -> filter.put("created_after", begin(day, 0, zone)));
        Optional.ofNullable(filter.remove("to"))
                .ifPresent(day -> filter.put("created_before", begin(day, 1, zone)));
        return filter;
    }

    /**
     * As the API takes it. What is no date stays, and the API says so: were it left out, more would
     * be found than was meant, and changed.
     */
    private static String begin(String day, int later, ZoneId zone) {
        try {
            return LocalDate.parse(day).plusDays(later).atStartOfDay(zone).toInstant().toString();
        } catch (DateTimeException _) {
            return day;
        }
    }
}
