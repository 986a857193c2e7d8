package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                            page(MissingNode.getInstance(), refused.errors(), refused.detail()));
            case ApiAnswer.Refused _ ->
                    new Read(
                            200,
                            page(
                                    visit.api().read(search.path(ROWS, visit.zone())),
                                    Map.of(),
                                    alert));
        };
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
                mailboxes(),
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

    private List<EmailsPage.Option> mailboxes() {
        var chosen = search.value("mailbox_id");
        var options = new ArrayList<EmailsPage.Option>();
        options.add(option("", "Any", chosen));
        mailboxes(visit)
                .forEach(each ->
                        options.add(
                                option(
                                        each.path("id").asText(),
                                        each.path("address").asText(),
                                        chosen)));
        if (options.stream().noneMatch(EmailsPage.Option::isChosen)) {
            options.add(new EmailsPage.Option(chosen, address(chosen).orElse(chosen), true));
        }
        return options;
    }

    private Optional<String> address(String mailbox) {
        return visit.api().get("/mailboxes/" + URLEncoder.encode(mailbox, StandardCharsets.UTF_8))
                        instanceof ApiAnswer.Done(_, var json)
                ? Optional.of(json.path("address").asText())
                : Optional.empty();
    }

    /** The first hundred: who has more comes from the mailbox's own page. */
    static List<JsonNode> mailboxes(Visit visit) {
        return visit.api().read("/mailboxes?limit=100").path("data").valueStream().toList();
    }

    private static EmailsPage.Option option(String value, String label, String chosen) {
        return new EmailsPage.Option(value, label, value.equals(chosen));
    }
}
