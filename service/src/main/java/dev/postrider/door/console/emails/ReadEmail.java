package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        return "/emails/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + more;
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
        var mailbox = email.path("mailbox_id").asText();
        var others =
                waits
                        ? ReadEmails.mailboxes(visit).stream()
                                .filter(each -> !each.path("id").asText().equals(mailbox))
                                .map(each ->
                                        new EmailsPage.Option(
                                                each.path("id").asText(),
                                                each.path("address").asText()
                                                        + " ("
                                                        + each.path("provider").asText()
                                                        + ")",
                                                false))
                                .toList()
                        : List.<EmailsPage.Option>of();
        return new EmailPage.May(
                Set.of("refused", "failed", "unknown").contains(state),
                waits,
                !others.isEmpty(),
                others);
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
                                size(each.path("size").asLong()),
                                each.path("content_disposition").asText().equals("inline")))
                .toList();
    }

    private static String size(long octets) {
        if (octets < 10_000) {
            return octets + " bytes";
        }
        return octets < 10_000_000 ? octets / 1_000 + " KB" : octets / 1_000_000 + " MB";
    }
}
