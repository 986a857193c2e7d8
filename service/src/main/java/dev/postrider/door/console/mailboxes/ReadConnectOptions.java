package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.choose.Choose;
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
                apps(options, filled),
                visit.isAdmin() ? Choose.person(visit).suggestions("") : List.of(),
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

    /** Only owners and admins may use them. */
    private List<NewMailboxPage.Option> apps(JsonNode options, Filled filled) {
        return visit.isAdmin()
                ? items(options)
                        .filter(each -> !each.path("consent").asBoolean())
                        .map(each -> app(each, filled))
                        .toList()
                : List.of();
    }

    private static NewMailboxPage.Option app(JsonNode option, Filled filled) {
        var value = option.path("option").asText();
        var provider =
                option.path("provider").asText().equals("google") ? "Google" : "Microsoft 365";
        return new NewMailboxPage.Option(
                value,
                provider + " (" + option.path("app").asText() + ")",
                filled.value("app").equals(value));
    }

    /** How somebody is called whom a link is for. */
    String whom(JsonNode link) {
        return link.has("external_id")
                ? link.path("external_id").asText()
                : Choose.person(visit).find(link.path("user_id").asText()).text();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false);
    }
}
