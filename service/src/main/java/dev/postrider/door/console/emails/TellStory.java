package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what became of an email, from its acceptance on. */
record TellStory(Visit visit, JsonNode email) {
    EmailPage.Story story(String deliveries) {
        return new EmailPage.Story(
                steps(),
                email.path("recipients").valueStream().map(TellStory::person).toList(),
                told(deliveries),
                facts());
    }

    private List<EmailPage.Step> steps() {
        var steps = new ArrayList<EmailPage.Step>();
        steps.add(
                new EmailPage.Step(
                        "good", "Accepted", at(email, "created_at"), acceptedBy(), null));
        var scheduled = text(email, "scheduled_at");
        if (scheduled.isPresent()) {
            steps.add(
                    new EmailPage.Step(
                            "", "To be sent not before", visit.time(scheduled.get()), null, null));
        }
        steps.addAll(
                Stream.concat(
                                email.path("attempts").valueStream().map(this::attempt),
                                email.path("changes")
                                        .valueStream()
                                        .map(change -> new TellChange(visit, change).step()))
                        .sorted(Comparator.comparing(Dated::at))
                        .map(Dated::step)
                        .toList());
        steps.add(now());
        return steps;
    }

    private String acceptedBy() {
        var by = email.path("accepted_by");
        return text(by, "api_key_id").isPresent()
                ? "From %s.".formatted(whom(by))
                : "From %s, after a login.".formatted(whom(by));
    }

    /** Who did something, and with which key. */
    static String whom(JsonNode by) {
        var user = text(by, "user").orElse("somebody who is gone");
        return text(by, "api_key_id")
                .map(_ ->
                        "%s, with the API key %s"
                                .formatted(user, text(by, "api_key").orElse("that is revoked now")))
                .orElse(user);
    }

    /** A moment of the story, and when it was. */
    record Dated(Instant at, EmailPage.Step step) {}

    private Dated attempt(JsonNode attempt) {
        var outcome = attempt.path("outcome").asText();
        var took =
                Duration.between(
                        Instant.parse(attempt.path("begun_at").asText()),
                        Instant.parse(attempt.path("ended_at").asText()));
        var where =
                Stream.of(
                                text(attempt, "server"),
                                text(attempt, "tls"),
                                Optional.of("took " + seconds(took)))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" · "));
        var step =
                new EmailPage.Step(
                        EmailWords.attemptTone(outcome),
                        "Attempt %d: %s"
                                .formatted(
                                        attempt.path("number").asInt(),
                                        EmailWords.attempt(outcome)),
                        at(attempt, "begun_at"),
                        where,
                        reply(attempt));
        return new Dated(Instant.parse(attempt.path("begun_at").asText()), step);
    }

    private static String seconds(Duration took) {
        return took.toMillis() < 1_000
                ? took.toMillis() + " ms"
                : "%.1f s".formatted(took.toMillis() / 1_000.0);
    }

    /** In the server's words, with its codes where they aren't in them. */
    private static @Nullable String reply(JsonNode said) {
        var reply = text(said, "reply").orElse("");
        var codes =
                Stream.of(text(said, "code"), text(said, "enhanced_code"))
                        .flatMap(Optional::stream)
                        .filter(code -> !reply.contains(code))
                        .collect(Collectors.joining(" "));
        var all = (codes + " " + reply).strip();
        return all.isEmpty() ? null : all;
    }

    /** How it stands. */
    private EmailPage.Step now() {
        var state = email.path("state").asText();
        var waiting = email.path("waiting");
        if (waiting.isObject()) {
            var title =
                    switch (waiting.path("for").asText()) {
                        case "time" -> "Waits for its time";
                        case "mailbox" -> "Waits for its mailbox, which somebody has to mend";
                        case "limit" -> "Waits: a limit is reached";
                        case "server" -> "Waits for the server";
                        case "retry" -> "Waits for the next attempt";
                        case String _ -> "Waits for its turn";
                    };
            return new EmailPage.Step(
                    waiting.path("for").asText().equals("mailbox") ? "bad" : "warn",
                    text(waiting, "until").isPresent() ? title + "; goes on at" : title,
                    text(waiting, "until").map(visit::time).orElse(null),
                    waiting.path("detail").asText(null),
                    null);
        }
        return new EmailPage.Step(
                EmailWords.tone(state),
                EmailWords.state(state),
                text(email, "finished_at").map(visit::time).orElse(null),
                text(email, "reason")
                        .filter(reason -> !reason.equals(EmailWords.state(state) + "."))
                        .orElse(null),
                null);
    }

    private static EmailPage.Person person(JsonNode recipient) {
        var state = recipient.path("state").asText();
        return new EmailPage.Person(
                recipient.path("kind").asText(),
                recipient.path("written").asText(recipient.path("address").asText()),
                EmailWords.recipient(state),
                EmailWords.tone(state),
                reply(recipient));
    }

    /** Members aren't told of webhooks. */
    private List<EmailPage.Told> told(String path) {
        return switch (visit.api().get(path)) {
            case ApiAnswer.Done(_, var list) ->
                    list.path("data").valueStream().map(this::told).toList();
            case ApiAnswer.Refused _ -> List.of();
        };
    }

    private EmailPage.Told told(JsonNode delivery) {
        var state = delivery.path("state").asText();
        return new EmailPage.Told(
                delivery.path("webhook_id").asText(),
                delivery.path("host").asText("a webhook"),
                delivery.path("type").asText(),
                EmailWords.delivery(state),
                EmailWords.tone(state),
                at(delivery, "created_at"),
                text(delivery, "reason").orElse(null));
    }

    private List<EmailPage.Fact> facts() {
        var facts = new ArrayList<EmailPage.Fact>();
        facts.add(mailbox());
        facts.add(new EmailPage.Fact("Id", email.path("id").asText()));
        facts.add(new EmailPage.Fact("Message-ID", email.path("message_id").asText()));
        text(email, "provider_message_id")
                .ifPresent(id -> facts.add(new EmailPage.Fact("At the provider", id)));
        facts.add(new EmailPage.Fact("Priority", email.path("priority").asText()));
        facts.add(
                new EmailPage.Fact(
                        "When in doubt",
                        email.path("on_unknown").asText().equals("resend")
                                ? "it is sent once more"
                                : "it is reported"));
        var tags =
                email.path("tags")
                        .valueStream()
                        .map(tag -> tag.path("name").asText() + ": " + tag.path("value").asText())
                        .collect(Collectors.joining(", "));
        if (!tags.isEmpty()) {
            facts.add(new EmailPage.Fact("Tags", tags));
        }
        return facts;
    }

    /** In which it waits, or from which it was sent. */
    private EmailPage.Fact mailbox() {
        var path = "/mailboxes/" + email.path("mailbox_id").asText();
        return visit.api().get(path) instanceof ApiAnswer.Done(_, var json)
                ? new EmailPage.Fact("Mailbox", json.path("address").asText(), "/console" + path)
                : new EmailPage.Fact("Mailbox", "removed");
    }

    private Moment at(JsonNode node, String name) {
        return visit.time(node.path(name).asText());
    }

    static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).asText(null)).filter(text -> !text.isEmpty());
    }
}
