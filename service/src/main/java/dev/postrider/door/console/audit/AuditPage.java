package dev.postrider.door.console.audit;

import dev.postrider.door.console.Moment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param values of the filter as it was filled in
 * @param errors by the field's name
 * @param path of this very page, with its query
 * @param export where the file is
 * @param newer the page before this one
 * @param older the page after this one
 * @param isLive whether the page goes on to look
 */
public record AuditPage(
        Map<String, String> values,
        Map<String, String> errors,
        List<Choice> actions,
        List<Choice> outcomes,
        List<Entry> entries,
        String path,
        String export,
        @Nullable String newer,
        @Nullable String older,
        boolean isFiltered,
        boolean isLive) {
    public AuditPage {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
        actions = List.copyOf(actions);
        outcomes = List.copyOf(outcomes);
        entries = List.copyOf(entries);
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    /** What may be chosen. */
    public record Choice(String value, String label, boolean isChosen) {}

    /**
     * What somebody did.
     *
     * @param what in words
     * @param whoPath all of theirs
     * @param subject what it was done to, as it was called then; empty when that is the actor
     * @param subjectPath all that was done to it
     * @param page where it is shown
     * @param outcome in words
     * @param tone how it ended: good, warn or bad
     */
    public record Entry(
            Moment at,
            String who,
            String whoPath,
            String what,
            String action,
            String subject,
            @Nullable String subjectPath,
            @Nullable String page,
            String outcome,
            String tone,
            @Nullable String address) {}
}
