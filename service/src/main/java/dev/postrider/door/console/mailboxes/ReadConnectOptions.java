package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Visit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** In which ways a mailbox can be connected here, and for whom, by what the API shows. */
record ReadConnectOptions(Visit visit) {

    NewMailboxPage page(
            String way,
            Filled filled,
            NewMailboxPage.@Nullable Found found,
            NewMailboxPage.@Nullable NewLink link) {
        var options = visit.api().read("/connect-options");
        return new NewMailboxPage(
                visit.formToken(),
                way,
                filled,
                found,
                options.path("links").asBoolean(),
                visit.isAdmin(),
                items(options)
                        .filter(each -> each.path("consent").asBoolean())
                        .map(each -> option(each, filled))
                        .toList(),
                visit.isAdmin() ? people(filled) : List.of(),
                link);
    }

    private static NewMailboxPage.Option option(JsonNode option, Filled filled) {
        var value = option.path("option").asText();
        var app = option.path("app").asText();
        var label =
                switch (option.path("provider").asText()) {
                    case "google" -> "Gmail";
                    case "microsoft" -> "Microsoft 365, Outlook";
                    case String _ -> "Another mailbox, by its password";
                };
        return new NewMailboxPage.Option(
                value,
                app.isEmpty() || app.equals("default") ? label : label + " (" + app + ")",
                filled.values().isEmpty() || filled.value("providers").equals(value));
    }

    private List<NewMailboxPage.Person> people(Filled filled) {
        return items(visit.api().read("/users?can_sign_in=true&limit=100"))
                .filter(each -> each.path("active").asBoolean())
                .map(each ->
                        new NewMailboxPage.Person(
                                each.path("id").asText(),
                                each.path("email").asText(),
                                filled.value("whom").equals(each.path("id").asText())))
                .toList();
    }

    /** How somebody is called whom a link is for. */
    String whom(JsonNode link) {
        if (link.has("external_id")) {
            return link.path("external_id").asText();
        }
        var user = link.path("user_id").asText();
        return user.equals(visit.caller().userId().toString())
                ? visit.caller().email()
                : people(Filled.NOTHING).stream()
                        .filter(each -> each.id().equals(user))
                        .map(NewMailboxPage.Person::email)
                        .findFirst()
                        .orElse("its user");
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false);
    }
}
