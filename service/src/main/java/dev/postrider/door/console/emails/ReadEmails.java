package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a page of the list. */
record ReadEmails(Visit visit, EmailSearch search) {
    private static final int ROWS = 50;

    private static final List<List<String>> STATES =
            List.of(
                    List.of("", "Any"),
                    List.of("refused,failed,unknown", "Went wrong"),
                    List.of("scheduled,queued,sending", "Not sent yet"),
                    List.of("sent", "Sent"),
                    List.of("scheduled", "Scheduled"),
                    List.of("queued", "Waits"),
                    List.of("refused", "Refused"),
                    List.of("failed", "Failed"),
                    List.of("unknown", "Not known"),
                    List.of("canceled", "Canceled"));

    /** A page, or the API's refusal of the search. */
    record Read(int status, EmailsPage page) {}

    Read read(@Nullable String alert) {
        return switch (visit.api().get(search.path(ROWS, visit.zone()))) {
            case ApiAnswer.Done(_, var list) -> new Read(200, page(list, Map.of(), alert));
            case ApiAnswer.Refused refused when refused.status() == 422 ->
                    new Read(
                            422,
                            page(
                                    MissingNode.getInstance(),
                                    explained(refused.errors()),
                                    refused.detail()));
            case ApiAnswer.Refused _ ->
                    new Read(
                            200,
                            page(
                                    visit.api().read(search.path(ROWS, visit.zone())),
                                    Map.of(),
                                    alert));
        };
    }

    /** What the API can't know: what was typed. */
    private Map<String, String> explained(Map<String, String> errors) {
        var all = new HashMap<>(errors);
        search.mailbox()
                .flatMap(Choice::problem)
                .ifPresent(problem -> all.replace("mailbox_id", problem));
        return all;
    }

    private EmailsPage page(JsonNode list, Map<String, String> errors, @Nullable String alert) {
        var emails = list.path("data").valueStream().map(this::item).toList();
        var lookedUpTo = list.path("looked_up_to");
        var hasMore = list.path("has_more").asBoolean() && lookedUpTo.isMissingNode();
        var isBackward = search.place().containsKey("before");
        var isAfter = search.place().containsKey("after");
        return new EmailsPage(
                visit.formToken(),
                search.fields(),
                errors,
                alert,
                STATES.stream()
                        .map(each -> option(each.getFirst(), each.getLast(), search.value("state")))
                        .toList(),
                Choose.mailbox(visit).suggestions(""),
                emails,
                search.query(),
                visit.path().replaceFirst("[?&]note=[a-z_]*$", ""),
                emails.isEmpty() || !(isBackward ? hasMore : isAfter)
                        ? null
                        : search.queryAt("before", emails.getFirst().id()),
                emails.isEmpty() || !(isBackward || hasMore)
                        ? null
                        : search.queryAt("after", emails.getLast().id()),
                lookedUpTo.isMissingNode()
                        ? null
                        : search.queryAt(
                                isBackward ? "before" : "after",
                                lookedUpTo.path("cursor").asText()),
                lookedUpTo.isMissingNode() ? null : visit.time(lookedUpTo.path("time").asText()),
                !isBackward && !isAfter);
    }

    private EmailsPage.Item item(JsonNode email) {
        var to =
                Stream.of("to", "cc", "bcc")
                        .flatMap(kind -> email.path(kind).valueStream())
                        .map(JsonNode::asText)
                        .toList();
        var state = email.path("state").asText();
        return new EmailsPage.Item(
                email.path("id").asText(),
                to.isEmpty()
                        ? "nobody"
                        : to.getFirst()
                                + (to.size() == 1 ? "" : " and " + (to.size() - 1) + " more"),
                email.path("from").asText(),
                email.path("subject").asText().isBlank()
                        ? "(no subject)"
                        : email.path("subject").asText(),
                EmailWords.state(state),
                EmailWords.tone(state),
                why(email, state),
                visit.time(email.path("created_at").asText()));
    }

    /** Why it isn't sent; of one that is nothing need be said. */
    private static @Nullable String why(JsonNode email, String state) {
        if (EmailWords.isWaiting(state)) {
            return email.path("waiting").path("detail").asText(null);
        }
        return state.equals("sent") ? null : email.path("reason").asText(null);
    }

    private static EmailsPage.Option option(String value, String label, String chosen) {
        return new EmailsPage.Option(value, label, value.equals(chosen));
    }
}
