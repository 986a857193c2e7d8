package dev.postrider.door.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Numbers;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.Api;
import dev.postrider.door.console.call.ApiAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first page says, by what the API shows its viewer. */
final class ReadOverview {
    private static final String INSTALLATION = "/installation";
    private static final String WEBHOOKS = "/webhooks?limit=100";
    private static final String MAILBOX_COUNTS = "/mailboxes/counts";

    /** What a newcomer has to make. */
    private static final List<String> STEPS =
            List.of("/mailboxes?limit=1", "/emails?limit=1&state=sent", "/api-keys?limit=1");

    /** More are on the pages that they lead to. */
    private static final int MOST_TROUBLE = 10;

    private static final String HELD = "/mailboxes?state=held&limit=" + MOST_TROUBLE;

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Visit visit;
    private final String counts;
    private final Api api;

    ReadOverview(Visit visit) {
        this.visit = visit;
        var thisHour = visit.now().truncatedTo(ChronoUnit.HOURS);
        this.counts =
                "/emails/counts?from=%s&to=%s"
                        .formatted(
                                thisHour.minus(Duration.ofHours(23)),
                                thisHour.plus(Duration.ofHours(1)));
        var paths = new ArrayList<>(List.of(counts, HELD, MAILBOX_COUNTS));
        if (visit.isAdmin()) {
            paths.addAll(List.of(INSTALLATION, WEBHOOKS));
        }
        if (!visit.isPart()) {
            paths.addAll(STEPS);
        }
        this.api = visit.api().asking(paths);
    }

    OverviewPage page() {
        var installation = installation();
        var counts = api.read(this.counts);
        var trouble = new ArrayList<OverviewPage.Trouble>();
        installation.ifPresent(seen -> {
            unserved(seen.path("lanes")).ifPresent(trouble::add);
            seen.path("provider_apps").forEach(app -> failing(app).ifPresent(trouble::add));
        });
        var mailboxes = api.read(HELD);
        mailboxes.path("data").forEach(mailbox -> trouble.add(held(mailbox)));
        if (visit.isAdmin()) {
            api.read(WEBHOOKS)
                    .path("data")
                    .forEach(webhook -> webhook(webhook).ifPresent(trouble::add));
        }
        return new OverviewPage(
                trouble.stream().limit(MOST_TROUBLE).toList(),
                trouble.size() > MOST_TROUBLE || mailboxes.path("has_more").asBoolean(),
                stepsLeft(),
                figures(counts),
                HourChart.of(counts, visit),
                nodes(installation));
    }

    /** Only who runs it may see it. */
    private Optional<JsonNode> installation() {
        return visit.isAdmin() && api.get(INSTALLATION) instanceof ApiAnswer.Done(_, var seen)
                ? Optional.of(seen)
                : Optional.empty();
    }

    private Optional<OverviewPage.Trouble> unserved(JsonNode lanes) {
        var count = lanes.path("unserved").asLong();
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new OverviewPage.Trouble(
                                "bad",
                                "Queues",
                                Numbers.of(count, "mailbox", "mailboxes"),
                                "Mail is due, and no node serves them: nodes are missing, or have no"
                                        + " room.",
                                moment(lanes.path("unserved_since")),
                                "/console/installation"));
    }

    private Optional<OverviewPage.Trouble> failing(JsonNode app) {
        return app.path("failing_since").asText(null) == null
                ? Optional.empty()
                : Optional.of(
                        new OverviewPage.Trouble(
                                "bad",
                                "App",
                                app.path("provider").asText() + " " + app.path("name").asText(),
                                app.path("problem").asText(""),
                                moment(app.path("failing_since")),
                                "/console/installation"));
    }

    private OverviewPage.Trouble held(JsonNode mailbox) {
        return new OverviewPage.Trouble(
                "bad",
                "Mailbox held",
                mailbox.path("address").asText(),
                mailbox.path("reason").asText(""),
                moment(mailbox.path("state_since")),
                "/console/mailboxes/" + mailbox.path("id").asText());
    }

    /** One that was disabled automatically has a reason; what its owner did needs nobody. */
    private Optional<OverviewPage.Trouble> webhook(JsonNode webhook) {
        var path = "/console/webhooks/" + webhook.path("id").asText();
        var endpoint = webhook.path("endpoint").asText();
        var reason = webhook.path("reason").asText(null);
        var failing = webhook.path("failing");
        if (webhook.path("status").asText().equals("disabled") && reason != null) {
            return Optional.of(
                    new OverviewPage.Trouble(
                            "bad", "Webhook disabled", endpoint, reason, null, path));
        }
        return failing.isObject()
                ? Optional.of(
                        new OverviewPage.Trouble(
                                failing.path("for_long").asBoolean() ? "bad" : "warn",
                                "Webhook failing",
                                endpoint,
                                failing.path("last_error").asText("It takes no calls."),
                                moment(failing.path("since")),
                                path))
                : Optional.empty();
    }

    private @Nullable Moment moment(JsonNode at) {
        return at.isTextual() ? visit.time(at.asText()) : null;
    }

    /** They stand above what the page asks for again by itself. */
    private int stepsLeft() {
        return visit.isPart()
                ? 0
                : (int)
                        STEPS.stream()
                                .filter(path -> api.read(path).path("data").isEmpty())
                                .count();
    }

    private List<OverviewPage.Figure> figures(JsonNode counts) {
        var sent = 0L;
        var failed = 0L;
        for (var hour : counts.path("hours")) {
            sent += hour.path("sent").asLong();
            failed +=
                    hour.path("refused").asLong()
                            + hour.path("failed").asLong()
                            + hour.path("unknown").asLong();
        }
        var mailboxes = api.read(MAILBOX_COUNTS);
        var day = visit.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(23));
        return List.of(
                new OverviewPage.Figure(
                        "sent in 24 hours",
                        Numbers.of(sent),
                        "/console/emails?state=sent&created_after=" + day),
                new OverviewPage.Figure(
                        "waiting now",
                        Numbers.of(counts.path("waiting").asLong()),
                        "/console/emails?state=scheduled,queued,sending"),
                new OverviewPage.Figure(
                        "failed in 24 hours",
                        Numbers.of(failed),
                        "/console/emails?state=refused,failed,unknown&created_after=" + day),
                new OverviewPage.Figure(
                        "mailboxes that send",
                        Numbers.of(mailboxes.path("active").asLong()),
                        "/console/mailboxes"));
    }

    private List<OverviewPage.Node> nodes(Optional<JsonNode> installation) {
        var nodes = new ArrayList<OverviewPage.Node>();
        installation.ifPresent(seen ->
                seen.path("nodes")
                        .forEach(node -> {
                            var at = Instant.parse(node.path("seen_at").asText());
                            nodes.add(
                                    new OverviewPage.Node(
                                            node.path("name").asText(),
                                            visit.time(at),
                                            at.isAfter(visit.now().minus(QUIET)),
                                            Numbers.of(
                                                    node.path("lanes").asLong(),
                                                    "mailbox",
                                                    "mailboxes")));
                        }));
        return nodes;
    }
}
