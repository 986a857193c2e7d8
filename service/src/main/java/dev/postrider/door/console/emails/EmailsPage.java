package dev.postrider.door.console.emails;

import dev.postrider.door.console.Moment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list.
 *
 * @param mailboxes that are suggested
 * @param query of this list in a URL, without its place
 * @param self of this very page
 * @param newer the query of the page before; null: there is none
 * @param older of the page after
 * @param goOn where a search that was given up for now goes on, null: it is done
 * @param lookedUpTo how far it has looked
 * @param isFirst whether the newest are shown, which change by themselves
 */
public record EmailsPage(
        String formToken,
        Map<String, String> values,
        Map<String, String> errors,
        @Nullable String alert,
        List<Option> states,
        List<String> mailboxes,
        List<Item> emails,
        String query,
        String self,
        @Nullable String newer,
        @Nullable String older,
        @Nullable String goOn,
        @Nullable Moment lookedUpTo,
        boolean isFirst) {
    public EmailsPage {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
        states = List.copyOf(states);
        mailboxes = List.copyOf(mailboxes);
        emails = List.copyOf(emails);
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    public boolean isSearch() {
        return !values.isEmpty();
    }

    /** Of a list to choose from. */
    public record Option(String value, String label, boolean isChosen) {}

    /** An email of the list. */
    public record Item(
            String id,
            String to,
            String from,
            String subject,
            String state,
            String tone,
            @Nullable String why,
            Moment at) {}
}
