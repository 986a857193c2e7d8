package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import dev.postrider.door.console.choose.Choice;
import dev.postrider.door.console.choose.Choose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has the API change the emails of a form, and adds up what it has done so far. */
record ChangeEmails(Visit visit, EmailSearch search) {
    private static final Set<String> ACTS = Set.of("retry", "cancel", "move");
    private static final int SLICE = 50;

    /** Which are told of, one by one. */
    private static final int SHOWN = 20;

    /** What came of it. */
    sealed interface Outcome {
        record Progress(ProgressPage page) implements Outcome {}

        record Nothing(String why) implements Outcome {}
    }

    Outcome run() {
        var form = visit.filled();
        var act = form.text("act").filter(ACTS::contains).orElse("");
        if (act.isEmpty()) {
            return new Outcome.Nothing("Choose what is to be done.");
        }
        var body = Api.object();
        if (form.has("all")) {
            if (search.isEmpty()) {
                return new Outcome.Nothing(
                        "Search first: all emails of the workspace aren't changed at once.");
            }
            body.set("filter", search.body(visit.zone()));
            body.put("limit", SLICE);
            form.text("after").ifPresent(after -> body.put("after", after));
        } else {
            var ids = form.all("id");
            if (ids.isEmpty()) {
                return new Outcome.Nothing("Tick the emails that you mean.");
            }
            var list = body.putArray("ids");
            ids.forEach(list::add);
        }
        var to =
                form.text("mailbox_id")
                        .filter(_ -> act.equals("move"))
                        .map(Choose.mailbox(visit)::find);
        if (to.flatMap(Choice::problem).isPresent()) {
            return new Outcome.Nothing(
                    "\"%s\" %s.".formatted(to.get().text(), to.get().problem().orElseThrow()));
        }
        to.ifPresent(mailbox -> body.put("mailbox_id", mailbox.id()));
        return switch (visit.api().post("/emails/" + act, body)) {
            case ApiAnswer.Done(_, var answer) ->
                    new Outcome.Progress(page(to.map(Choice::id).orElse(null), act, answer));
            case ApiAnswer.Refused refused -> new Outcome.Nothing(refused.detail());
        };
    }

    private ProgressPage page(@Nullable String to, String act, JsonNode answer) {
        var form = visit.filled();
        var done = number(form, "done") + answer.path("done").asInt();
        var failed = number(form, "failed") + answer.path("not_done").size();
        return new ProgressPage(
                visit.formToken(),
                EmailWords.act(act) + " emails",
                act,
                search.query(),
                to,
                EmailWords.done(act),
                done,
                failed,
                left(form, "left", answer.path("not_done"), "detail"),
                left(form, "doubt", answer.path("in_doubt"), "reason"),
                answer.path("has_more").asBoolean() ? answer.path("after").asText() : null);
    }

    private static int number(ConsoleForm form, String name) {
        return form.text(name)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Those of slices before come with the form, so that the last page shows them, too. */
    private static List<ProgressPage.Left> left(
            ConsoleForm form, String name, JsonNode more, String why) {
        var left = new ArrayList<ProgressPage.Left>();
        for (var text : form.all(name)) {
            var space = text.indexOf(' ');
            if (space == 36) {
                left.add(
                        new ProgressPage.Left(text.substring(0, space), text.substring(space + 1)));
            }
        }
        more.forEach(each ->
                left.add(new ProgressPage.Left(each.path("id").asText(), each.path(why).asText())));
        return left.size() > SHOWN ? left.subList(0, SHOWN) : left;
    }
}
