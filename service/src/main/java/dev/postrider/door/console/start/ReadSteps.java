package dev.postrider.door.console.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Visit;
import dev.postrider.door.console.call.ApiAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which steps are done, by what the API shows. */
record ReadSteps(Visit visit) {

    StartPage page() {
        return page(null, null, Filled.NOTHING);
    }

    StartPage page(@Nullable String key, @Nullable String secret, Filled filled) {
        var email = first("/emails?limit=1");
        var publicUrl = publicUrl();
        return new StartPage(
                visit.formToken(),
                publicUrl == null || publicUrl.url() == null ? visit.origin() : publicUrl.url(),
                publicUrl,
                mailbox().map(each -> each.path("address").asText()).orElse(null),
                email.map(this::testEmail).orElse(null),
                first("/emails?limit=1&state=sent").isPresent(),
                first("/api-keys?limit=1").isPresent(),
                key,
                visit.isAdmin(),
                visit.isAdmin() && first("/webhooks?limit=1").isPresent(),
                secret,
                filled);
    }

    /** The first that sends. */
    Optional<JsonNode> mailbox() {
        return first("/mailboxes?state=active&limit=1");
    }

    private Optional<JsonNode> first(String path) {
        return Optional.ofNullable(visit.api().read(path).path("data").get(0));
    }

    /** Only who runs the program may know, and say. */
    private StartPage.@Nullable PublicUrlStep publicUrl() {
        return switch (visit.api().get("/installation")) {
            case ApiAnswer.Done(_, var json) ->
                    new StartPage.PublicUrlStep(
                            json.path("public_url").asText(null),
                            json.path("public_url_fixed").asBoolean());
            case ApiAnswer.Refused _ -> null;
        };
    }

    private StartPage.TestEmail testEmail(JsonNode listed) {
        var email = visit.api().read("/emails/" + listed.path("id").asText());
        var state = email.path("state").asText();
        var isSandbox =
                mailboxOf(email)
                        .filter(each -> each.path("provider").asText().equals("sandbox"))
                        .isPresent();
        return new StartPage.TestEmail(
                email.path("id").asText(),
                email.path("to").path(0).asText(),
                words(state),
                tone(state),
                text(email, isSandbox),
                visit.time(email.path("finished_at").asText(email.path("created_at").asText())),
                tone(state).equals("warn"),
                isSandbox ? email.path("mailbox_id").asText() : null);
    }

    private Optional<JsonNode> mailboxOf(JsonNode email) {
        return visit.api().get("/mailboxes/" + email.path("mailbox_id").asText())
                        instanceof ApiAnswer.Done(_, var json)
                ? Optional.of(json)
                : Optional.empty();
    }

    private static String words(String state) {
        return switch (state) {
            case "sent" -> "Sent";
            case "scheduled", "queued", "sending" -> "On its way";
            case "refused" -> "Refused";
            case "unknown" -> "Not known";
            case "canceled" -> "Canceled";
            case String _ -> "Failed";
        };
    }

    private static String tone(String state) {
        return switch (state) {
            case "sent" -> "good";
            case "scheduled", "queued", "sending" -> "warn";
            case String _ -> "bad";
        };
    }

    private static String text(JsonNode email, boolean isSandbox) {
        var reason = email.path("reason").asText("");
        if (email.path("state").asText().equals("sent")) {
            return isSandbox ? "It is kept in the sandbox; nobody got it." : "The server took it.";
        }
        return reason.isEmpty() || reason.equals("null") ? "It is being sent." : reason;
    }
}
