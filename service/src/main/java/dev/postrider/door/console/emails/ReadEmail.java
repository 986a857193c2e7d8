package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.choose.Choose;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one email, as much of it as the side needs that is shown.
 *
 * @param id as the URL has it
 */
record ReadEmail(Visit visit, String id) {
    private static final Set<String> VIEWS =
            Set.of("story", "message", "text", "headers", "source", "files");

    /** Of the API, with the id encoded. */
    String path(String more) {
        return "/emails/" + Url.encode(id) + more;
    }

    EmailPage page(@Nullable String asked, boolean showsOutside, @Nullable String alert) {
        var view = asked != null && VIEWS.contains(asked) ? asked : "story";
        var email = visit.api().read(path(""));
        var state = email.path("state").asText();
        var isStory = view.equals("story");
        return new EmailPage(
                visit.formToken(),
                email.path("id").asText(),
                view,
                head(email, state),
                isStory && EmailWords.isWaiting(state),
                alert,
                may(email, state),
                isStory ? new TellStory(visit, email).story(path("/deliveries")) : null,
                isStory || view.equals("files")
                        ? null
                        : new ReadMessage(visit, email, path("/raw")).read(view, showsOutside),
                view.equals("files") ? files() : List.of());
    }

    private static EmailPage.Head head(JsonNode email, String state) {
        var to =
                Stream.of("to", "cc", "bcc")
                        .flatMap(kind -> email.path(kind).valueStream())
                        .map(JsonNode::asText)
                        .toList();
        return new EmailPage.Head(
                subject(email),
                email.path("from").asText(),
                to.isEmpty()
                        ? "nobody"
                        : to.getFirst()
                                + (to.size() == 1 ? "" : " and " + (to.size() - 1) + " more"),
                EmailWords.state(state),
                EmailWords.tone(state),
                EmailWords.summary(email));
    }

    static String subject(JsonNode email) {
        var subject = email.path("subject").asText();
        return subject.isBlank() ? "(no subject)" : subject;
    }

    private EmailPage.May may(JsonNode email, String state) {
        var waits = state.equals("scheduled") || state.equals("queued");
        var others = waits ? others(email.path("mailbox_id").asText()) : List.<String>of();
        return new EmailPage.May(
                Set.of("refused", "failed", "unknown").contains(state),
                waits,
                !others.isEmpty(),
                others);
    }

    /** Through which it might go instead. */
    private List<String> others(String mailbox) {
        var here = Choose.mailbox(visit).find(mailbox).text();
        return Choose.mailbox(visit).suggestions("").stream()
                .filter(each -> !each.equals(here))
                .toList();
    }

    private List<EmailPage.File> files() {
        return visit.api()
                .read(path("/attachments"))
                .path("data")
                .valueStream()
                .map(each ->
                        new EmailPage.File(
                                each.path("id").asText(),
                                each.path("filename").asText("(no name)"),
                                each.path("content_type").asText(),
                                Numbers.octets(each.path("size").asLong()),
                                each.path("content_disposition").asText().equals("inline")))
                .toList();
    }
}
